import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {resolveContext, type Sources, storeOf} from '../../../src/cli/contexts/resolve.ts'
import type {SavedContext} from '../../../src/cli/contexts/saved-context.ts'
import {PmError} from '../../../src/rules/errors.ts'
import {makeAuthority} from '../../support/certificates.ts'

const remote: SavedContext = {
  kind: 'staging',
  server: {host: 'db.example', port: 5432, database: 'penguinmails', user: 'ada'},
}
let home: string
let sources: Sources

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-contexts-'))
  const folders = {workingFolder: home, configFolder: join(home, 'config'), dataFolder: join(home, 'data')}
  sources = {flag: undefined, env: {HOME: home}, ...folders}
})

afterEach(() => rmSync(home, {recursive: true, force: true}))

test('where nothing chooses, pm works in the sandbox', () => {
  expect(resolveContext(sources)).toEqual({
    name: 'sandbox',
    kind: 'sandbox',
    place: {type: 'sandbox', folder: join(home, 'data', 'sandbox'), login: 'op_admin'},
    identity: {kind: 'session'},
    chosenBy: 'default',
  })
})

test('the sandbox is entered as the login that PM_SANDBOX_LOGIN names', () => {
  expect(resolveContext(withEnv({PM_SANDBOX_LOGIN: 'op_support'})).place).toMatchObject({login: 'op_support'})
})

test('the flag comes before PM_CONTEXT, DATABASE_URL, PG* variables, .pm-context, the saved choice and the sandbox', () => {
  for (const name of ['by-flag', 'by-variable', 'by-folder', 'by-use']) storeOf(sources).add(name, remote)
  storeOf(sources).use('by-use')
  writeFileSync(join(home, '.pm-context'), 'by-folder\n')
  const all = {
    PM_CONTEXT: 'by-variable',
    DATABASE_URL: 'postgres://ada@one.example/by-url',
    PGHOST: 'two.example',
    PGDATABASE: 'by-pg',
  }
  const chosen = (flag: string | undefined, env: Record<string, string>) => {
    const {name, chosenBy} = resolveContext({...withEnv(env), flag})
    return [name, chosenBy]
  }
  const {PM_CONTEXT: _, ...noContext} = all
  const {DATABASE_URL: __, ...onlyPg} = noContext
  expect(chosen('by-flag', all)).toEqual(['by-flag', '--context'])
  expect(chosen(undefined, all)).toEqual(['by-variable', 'PM_CONTEXT'])
  expect(chosen(undefined, noContext)).toEqual(['by-url', 'DATABASE_URL'])
  expect(chosen(undefined, onlyPg)).toEqual(['by-pg', 'PG*'])
  expect(chosen(undefined, {})).toEqual(['by-folder', '.pm-context'])
  rmSync(join(home, '.pm-context'))
  expect(chosen(undefined, {})).toEqual(['by-use', 'pm context use'])
  storeOf(sources).use('sandbox')
  expect(chosen(undefined, {})).toEqual(['sandbox', 'pm context use'])
})

test('an empty PM_CONTEXT is one that is not set; an empty --context is a mistake', () => {
  expect(resolveContext(withEnv({PM_CONTEXT: ''})).chosenBy).toBe('default')
  expect(problem({...sources, flag: ''})).toEqual([2, '--context has no name.', 'Is the variable behind it set?'])
})

test('PGUSER and PGPASSWORD alone choose no server', () => {
  expect(resolveContext(withEnv({PGUSER: 'ada', PGPASSWORD: 'secret'})).chosenBy).toBe('default')
})

test('a saved context is verified, has its replica, and is the operator it declares', () => {
  const ca = makeAuthority('own').certificate
  writeFileSync(join(home, 'ca.pem'), ca)
  storeOf(sources).add('nile', {
    kind: 'production',
    server: {...remote.server, password: 'secret', ca_file: join(home, 'ca.pem')},
    replica: {host: 'db-2.example', port: 6432},
    declared_email: 'ada@penguinmails.example',
  })
  const server = {host: 'db.example', port: 5432, database: 'penguinmails', user: 'ada', password: 'secret', tls: {ca}}
  expect(resolveContext({...sources, flag: 'nile'})).toEqual({
    name: 'nile',
    kind: 'production',
    place: {
      type: 'server',
      server,
      replica: {...server, host: 'db-2.example', port: 6432},
      passwordFrom: 'saved',
      caFile: join(home, 'ca.pem'),
    },
    identity: {kind: 'declared', email: 'ada@penguinmails.example'},
    chosenBy: '--context',
  })
})

test('PG* variables are read as libpq reads them', () => {
  const env = {PGHOST: 'db.example', PGPORT: '6432', PGDATABASE: 'mails', PGUSER: 'ada', PGPASSWORD: 'secret'}
  expect(resolveContext(withEnv(env))).toEqual({
    name: 'mails',
    kind: 'production',
    place: {
      type: 'server',
      server: {host: 'db.example', port: 6432, database: 'mails', user: 'ada', password: 'secret', tls: {}},
      passwordFrom: 'PGPASSWORD',
    },
    identity: {kind: 'session'},
    chosenBy: 'PG*',
  })
  const {username} = userInfo()
  expect(resolveContext(withEnv({PGPORT: '6432'})).place).toEqual({
    type: 'server',
    server: {host: 'localhost', port: 6432, database: username, user: username, tls: false},
    passwordFrom: 'none',
  })
})

test.each([
  ['postgres://ada@db.example/mails', undefined, 'production'],
  ['postgres://ada@127.0.0.1/mails', undefined, 'development'],
  ['postgres://ada@db.example/mails', 'staging', 'staging'],
  ['postgres://ada@127.0.0.1/mails', 'production', 'production'],
])('a server that a variable names (%s, PM_KIND %s) is treated as %s', (url, kind, expected) => {
  expect(resolveContext(withEnv({DATABASE_URL: url, ...(kind ? {PM_KIND: kind} : {})})).kind).toBe(expected)
})

test('PM_KIND is a kind of server, and changes no saved context', () => {
  const refused = (kind: string) => problem(withEnv({DATABASE_URL: 'postgres://ada@db.example/mails', PM_KIND: kind}))
  const hint = 'It is one of development, staging, production.'
  expect(refused('prod')).toEqual([2, 'PM_KIND is “prod”.', hint])
  expect(refused('sandbox')).toEqual([2, 'PM_KIND is “sandbox”.', hint])
  storeOf(sources).add('prod', {...remote, kind: 'production'})
  expect(resolveContext({...withEnv({PM_KIND: 'development'}), flag: 'prod'}).kind).toBe('production')
})

test('a context that is not there is named together with what named it', () => {
  const hint = 'See which there are: pm context list. Choose one: pm context use NAME, or --context NAME once.'
  expect(problem({...sources, flag: 'gone'})).toEqual([
    3,
    'There is no context “gone”.',
    'See which there are: pm context list',
  ])
  expect(problem(withEnv({PM_CONTEXT: 'gone'}))).toEqual([
    3,
    'There is no context “gone”, which PM_CONTEXT names.',
    hint,
  ])
  writeFileSync(join(home, '.pm-context'), 'gone')
  expect(problem(sources)).toEqual([3, 'There is no context “gone”, which .pm-context names.', hint])
})

test('when the chosen context is removed, pm says so instead of going on in the sandbox', () => {
  storeOf(sources).add('prod', remote)
  storeOf(sources).use('prod')
  storeOf(sources).remove('prod')
  expect(problem(sources)).toEqual([
    3,
    'There is no context “prod”, which pm context use chose.',
    'See which there are: pm context list. Choose one: pm context use NAME, or --context NAME once.',
  ])
})

test.each([
  ['is empty', ''],
  ['has two words', 'prod staging'],
  ['has two lines', 'prod\nstaging'],
  ['is longer than any name', 'x'.repeat(300)],
])('a .pm-context that %s is refused', (_, text) => {
  writeFileSync(join(home, '.pm-context'), text)
  expect(problem(sources)).toEqual([
    2,
    `${join(home, '.pm-context')} does not name a context.`,
    'It holds one name, such as staging. Correct it, or choose by hand: --context NAME',
  ])
})

test('a .pm-context that cannot be looked at is refused, with the way around it', () => {
  symlinkSync('.pm-context', join(home, '.pm-context'))
  expect(problem(sources)).toEqual([
    2,
    `${join(home, '.pm-context')} cannot be read: its links lead in a circle.`,
    'Work in another folder, or choose by hand: --context NAME',
  ])
})

test('a .pm-context that is no file is refused, and not read', () => {
  mkdirSync(join(home, '.pm-context'))
  expect(problem(sources)[1]).toBe(`${join(home, '.pm-context')} does not name a context.`)
  rmSync(join(home, '.pm-context'), {recursive: true})
  symlinkSync('/dev/zero', join(home, '.pm-context'))
  expect(problem(sources)[1]).toBe(`${join(home, '.pm-context')} does not name a context.`)
})

test.each(['../secrets', '/etc/passwd', '..', '-rf', '.hidden', 'a b', 'x\u001b[2J', 'naïve', 'a'.repeat(65)])(
  'the name %j leads out of no folder and onto no command line: it is refused',
  (name) => {
    expect(problem({...sources, flag: name})).toEqual([
      2,
      `“${name}” cannot be a context's name.`,
      'A name has letters, digits, dots, dashes and underscores, begins with a letter or digit, and has 64 at most.',
    ])
  },
)

test.each(['constructor', 'toString', 'chosen'])('a context may be called %s', (name) => {
  storeOf(sources).add(name, remote)
  expect(resolveContext({...sources, flag: name}).name).toBe(name)
})

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused wherever pm would work', () => {
  expect(problem(withEnv({NODE_TLS_REJECT_UNAUTHORIZED: '0'}))).toEqual([
    2,
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check that a server is the right one. pm does not run with it.',
    'Run it without: env -u NODE_TLS_REJECT_UNAUTHORIZED pm …',
  ])
})

test.each(['PGSERVICE', 'PGHOSTADDR', 'PGTARGETSESSIONATTRS', 'PGSSLCERT', 'PGSSLKEY', 'PGSSLCRL'])(
  '%s, which would connect elsewhere or otherwise, is refused where PG* variables choose',
  (variable) => {
    expect(problem(withEnv({PGHOST: 'db.example', [variable]: 'x'}))).toEqual([
      2,
      `pm does not follow ${variable}.`,
      'Leave it out, or save a context instead: pm context add NAME --host …',
    ])
    storeOf(sources).add('prod', remote)
    expect(resolveContext({...withEnv({[variable]: 'x'}), flag: 'prod'}).name).toBe('prod')
  },
)

test('PGSERVICE alone is refused, too: it names a server', () => {
  expect(problem(withEnv({PGSERVICE: 'prod'}))[1]).toBe('pm does not follow PGSERVICE.')
})

test.each(['PGOPTIONS', 'PGREPLICATION'])(
  '%s, which pg takes for every connection, is refused for every server',
  (name) => {
    storeOf(sources).add('prod', remote)
    const expected = [2, `pm does not follow ${name}.`, `Run it without: env -u ${name} pm …`]
    expect(problem({...withEnv({[name]: 'x'}), flag: 'prod'})).toEqual(expected)
    expect(problem(withEnv({[name]: 'x', DATABASE_URL: 'postgres://ada@db.example/mails'}))).toEqual(expected)
    expect(resolveContext(withEnv({[name]: 'x'})).name).toBe('sandbox')
  },
)

function withEnv(env: Record<string, string>): Sources {
  return {...sources, env: {...sources.env, ...env}}
}

/** The exit code, message and hint of the refusal. */
function problem(asked: Sources): [number, string, string | undefined] {
  try {
    resolveContext(asked)
  } catch (error) {
    if (error instanceof PmError) return [error.exitCode, error.message, error.hint]
    throw error
  }
  throw new Error('It was not refused.')
}
