import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {makeAuthority} from '../support/certificates.ts'
import {freshDatabase} from '../support/database.ts'
import {type Ran, run, type World} from '../support/run.ts'

const terminal = {isTTY: {stdin: true, stdout: true, stderr: true}, width: 80}
const staging = ['--kind', 'staging', '--host', 'db.example', '--database', 'mails', '--user', 'ada']
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-context-'))
})

afterEach(() => rmSync(home, {recursive: true, force: true}))

test('a context that is added is listed, shown, used and removed', async () => {
  expect(await pm(['context', 'add', 'staging', ...staging, '-o', 'name'])).toEqual({
    stdout: 'staging\n',
    stderr: 'Saved. To work there: pm context use staging, or --context staging for one command.\n',
    exitCode: 0,
  })
  expect(await pm(['context', 'use', 'staging', '-o', 'name'])).toEqual({
    stdout: 'staging\n',
    stderr: 'pm works in staging from now on: staging, db.example:5432/mails as ada.\n',
    exitCode: 0,
  })
  expect(await pm(['context', 'list'])).toEqual({
    stdout:
      'sandbox\tsandbox\tembedded database\top_admin\tfalse\t\n' +
      'staging\tstaging\tdb.example:5432/mails\tada\ttrue\tpm context use\n',
    stderr: '',
    exitCode: 0,
  })
  expect(await pm(['context', 'remove', 'staging', '--yes', '-o', 'name'])).toEqual({
    stdout: 'staging\n',
    stderr:
      'This forgets the context staging: staging, db.example:5432/mails as ada.\n' +
      'Removed staging.\n' +
      '! There is no context “staging”, which pm context use chose.\n',
    exitCode: 0,
  })
  expect((await pm(['context', 'list', '-o', 'name'])).stdout).toBe('sandbox\n')
})

test('at a terminal, add shows everything that was saved but the password', async () => {
  const ran = await pm(
    [
      'context',
      'add',
      'prod',
      '--kind',
      'production',
      '--url',
      'postgres://ada@db.example:6432/mails',
      '--replica-host',
      '10.0.0.2',
      '--declared-email',
      'ada@penguinmails.example',
      '--password-stdin',
      '--color',
      'never',
    ],
    {
      stdin: 'secret\n',
      isTTY: {stdout: true, stderr: true},
      width: 80,
    },
  )
  expect(ran.stdout).toBe(
    `Name             prod
Kind             production
Current          no
Where            db.example:6432/mails
User             ada
Password         saved
TLS              verify-full
Replica          10.0.0.2:6432
Declared e-mail  ada@penguinmails.example
Stripe           live
Stripe key       none

Read-only without --write, and every change needs a --reason.
`,
  )
  expect(JSON.parse(readFileSync(join(home, 'config/contexts/prod.json'), 'utf8'))).toEqual({
    kind: 'production',
    server: {host: 'db.example', port: 6432, database: 'mails', user: 'ada', password: 'secret'},
    replica: {host: '10.0.0.2', port: 6432},
    declared_email: 'ada@penguinmails.example',
  })
  expect(statSync(join(home, 'config/contexts/prod.json')).mode & 0o777).toBe(0o600)
})

test('JSON is the bare record, with every field and without the password', async () => {
  const ran = await pm(['context', 'add', 'staging', ...staging, '--password-stdin', '-o', 'json'], {stdin: 'secret'})
  expect(JSON.parse(ran.stdout)).toEqual({
    name: 'staging',
    kind: 'staging',
    where: 'db.example:5432/mails',
    user: 'ada',
    current: false,
    chosen_by: null,
    host: 'db.example',
    port: 5432,
    database: 'mails',
    replica: null,
    tls: 'verify-full',
    ca_file: null,
    password: 'saved',
    declared_email: null,
    secret_command: null,
    folder: null,
    stripe_mode: 'test',
    stripe_key: 'none',
  })
  const shown = await pm(['context', 'show', 'staging', '-o', 'json'])
  expect(shown).toEqual({stdout: ran.stdout, stderr: '', exitCode: 0})
})

test('a context keeps a key to Stripe, read behind the password, and bills in the mode of the key', async () => {
  const secrets = ['--password-stdin', '--stripe-key-stdin', '-o', 'json']
  const added = await pm(['context', 'add', 'staging', ...staging, ...secrets], {
    stdin: 'secret\nrk_test_0123456789\n',
  })
  expect(JSON.parse(added.stdout)).toMatchObject({password: 'saved', stripe_mode: 'test', stripe_key: 'saved'})
  expect(added.stdout).not.toContain('0123456789')
  expect(JSON.parse(readFileSync(join(home, 'config/contexts/staging.json'), 'utf8'))).toMatchObject({
    server: {password: 'secret'},
    stripe: {mode: 'test', key: 'rk_test_0123456789'},
  })
})

test('a context keeps its Stripe mode without a key', async () => {
  await pm(['context', 'add', 'staging', ...staging, '--stripe-mode', 'live'])
  const {stdout} = await pm(['context', 'show', 'staging', '-o', 'json'])
  expect(JSON.parse(stdout)).toMatchObject({stripe_mode: 'live', stripe_key: 'none'})
})

test.each([
  ['a key of the other mode', 'rk_test_0123456789', 'The Stripe key is a test key, and --stripe-mode says live.'],
  ['a publishable key', 'pk_live_0123456789', 'The Stripe key is a publishable one, which cannot read anything.'],
  ['no key', '', 'There is no Stripe key on stdin.'],
])('%s saves nothing', async (_, stdin, message) => {
  const argv = ['context', 'add', 'staging', ...staging, '--stripe-mode', 'live', '--stripe-key-stdin']
  const {stderr, exitCode} = await pm(argv, {stdin})
  expect({exitCode, stderr}).toEqual({exitCode: 2, stderr: expect.stringContaining(message)})
  expect((await pm(['context', 'list', '-o', 'name'])).stdout).toBe('sandbox\n')
})

test.each(['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'name'])(
  'list and show speak %s, and no format has the password',
  async (format) => {
    await pm(['context', 'add', 'staging', ...staging, '--password-stdin'], {stdin: 'hunter2'})
    for (const argv of [
      ['context', 'list'],
      ['context', 'show', 'staging'],
    ]) {
      const {stdout, exitCode} = await pm([...argv, '-o', format])
      expect(exitCode).toBe(0)
      expect(stdout).toContain('staging')
      expect(stdout).not.toContain('hunter2')
    }
  },
)

test('--fields chooses what list and show say', async () => {
  expect((await pm(['context', 'list', '--fields', 'name,current', '-o', 'csv'])).stdout).toBe(
    'name,current\nsandbox,true\n',
  )
  expect((await pm(['context', 'show', '--fields', 'kind', '-o', 'json'])).stdout).toBe('{\n  "kind": "sandbox"\n}\n')
})

test('the list fits a terminal of 80 columns', async () => {
  await pm([
    'context',
    'add',
    'production-eu',
    '--kind',
    'production',
    '--host',
    'db-1.eu-central-1.db.penguinmails.example',
    '--database',
    'penguinmails',
    '--user',
    'ada.lovelace',
  ])
  const {stdout} = await pm(['context', 'list', '--color', 'never'], terminal)
  const lines = stdout.split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(stdout).toContain('production-eu')
})

test.each([
  ['postgres://ada:hunter2@db.example/mails'],
  ['postgres://db.example/mails?user=ada&password=hunter2'],
  ['postgres://ada:hunter2@db.example/mails?sslmode=disable'],
  ['postgres://ada:hunter2%@db.example/mails'],
])('a password in --url %s is refused, and not repeated', async (url) => {
  const ran = await pm(['context', 'add', 'staging', '--kind', 'staging', '--url', url])
  expect([ran.exitCode, ran.stdout]).toEqual([2, ''])
  expect(ran.stderr).not.toContain('hunter2')
  expect((await pm(['context', 'list', '-o', 'name'])).stdout).toBe('sandbox\n')
})

test('the refusal of a password in --url says how to give it', async () => {
  const ran = await pm(['context', 'add', 'x', '--kind', 'staging', '--url', 'postgres://ada:hunter2@db.example/mails'])
  expect(ran.stderr).toBe(
    'Error: --url has a password in it, which others can see and the shell keeps.\n' +
      'Leave it out, and give it by --password-stdin, PGPASSWORD or ~/.pgpass. This one may be known already. (usage, exit 2)\n',
  )
})

test.each([
  [
    'in place of the name',
    ['context', 'add', 'postgres://ada:hunter2@db.example/mails', '--kind', 'staging', '--host', 'x'],
  ],
  ['as an argument too many', ['context', 'add', 'x', 'postgres://ada:hunter2@db.example/mails', '--kind', 'staging']],
  ['as a context to use', ['context', 'show', '-c', 'postgres://ada:hunter2@db.example/mails']],
])('a URL %s is not repeated with its password', async (_, argv) => {
  const ran = await pm(argv)
  expect(ran.exitCode).toBe(2)
  expect(ran.stderr).toContain('postgres://ada:***@')
  expect(ran.stderr).not.toContain('hunter2')
})

test.each([
  ['nothing', '', 'There is no password on stdin.'],
  ['an empty line', '\n', 'There is no password on stdin.'],
  ['two lines', 'one\ntwo\n', 'There is more than a password on stdin.'],
])('--password-stdin refuses %s', async (_, stdin, message) => {
  const ran = await pm(['context', 'add', 'staging', ...staging, '--password-stdin'], {stdin})
  expect([ran.exitCode, ran.stderr.split('\n')[0]]).toEqual([2, `Error: ${message}`])
})

test('--password-stdin keeps a password as it is but for the end of the line', async () => {
  await pm(['context', 'add', 'staging', ...staging, '--password-stdin'], {stdin: '  söme "pass" \t\r\n'})
  expect(JSON.parse(readFileSync(join(home, 'config/contexts/staging.json'), 'utf8')).server.password).toBe(
    '  söme "pass" \t',
  )
})

test('at a terminal where nothing may be asked, --password-stdin refuses to wait for typing that would be seen', async () => {
  const ran = await pm(['context', 'add', 'staging', ...staging, '--password-stdin', '--no-input'], terminal)
  expect([ran.exitCode, ran.stderr.split('\n')[0]]).toEqual([
    2,
    'Error: The password would be read from stdin, which is a terminal.',
  ])
})

test.each([
  ['without a host', ['add', 'x', '--kind', 'staging'], 'Where is the database?'],
  ['called sandbox', ['add', 'Sandbox', ...staging], "“Sandbox” is the embedded database's name."],
  ['called like a folder', ['add', '../x', ...staging], "“../x” cannot be a context's name."],
  [
    'with a weak sslmode',
    ['add', 'x', '--kind', 'staging', '--url', 'postgres://a@b/c?sslmode=disable'],
    '--url asks for sslmode=disable, but pm verifies every server off this machine.',
  ],
  [
    'with a CA file that is not there',
    ['add', 'x', ...staging, '--ca-file', '/no/ca.pem'],
    'The certificate file /no/ca.pem cannot be read: there is no such file or folder.',
  ],
  [
    'with a replica that cannot be',
    ['add', 'x', ...staging, '--replica-host', 'a b'],
    '--replica-host names a host that cannot be one.',
  ],
])('a context %s is refused', async (_, argv, message) => {
  const ran = await pm(['context', ...argv])
  expect([ran.exitCode, ran.stderr.split('\n')[0]]).toEqual([2, `Error: ${message}`])
})

test('a certificate authority is saved by its whole path, and asks for TLS on this machine, too', async () => {
  writeFileSync(join(home, 'ca.pem'), makeAuthority('own').certificate)
  const argv = [
    'context',
    'add',
    'tunnel',
    '--kind',
    'production',
    '--host',
    'localhost',
    '--ca-file',
    'ca.pem',
    '-o',
    'json',
  ]
  const {stdout} = await pm([...argv, '--fields', 'tls,ca_file'], {workingFolder: home})
  expect(JSON.parse(stdout)).toEqual({tls: 'verify-full', ca_file: join(home, 'ca.pem')})
})

test('add does not replace a context', async () => {
  await pm(['context', 'add', 'staging', ...staging])
  const ran = await pm(['context', 'add', 'staging', ...staging, '--port', '6432'])
  expect(ran).toEqual({
    stdout: '',
    stderr:
      'Error: There is a context “staging” already.\n' +
      'See it: pm context show staging. To replace it, remove it first: pm context remove staging (conflict, exit 6)\n',
    exitCode: 6,
  })
})

test('show says where pm works here, and what chose it', async () => {
  await pm(['context', 'add', 'staging', ...staging])
  const chosen = async (argv: string[], world: World = {}) => {
    const {stdout} = await pm(
      ['context', 'show', '-o', 'json', '--fields', 'name,current,chosen_by,password', ...argv],
      world,
    )
    return Object.values(JSON.parse(stdout))
  }
  expect(await chosen([])).toEqual(['sandbox', true, 'default', null])
  await pm(['context', 'use', 'staging'])
  expect(await chosen([])).toEqual(['staging', true, 'pm context use', 'none'])
  expect(await chosen(['sandbox'])).toEqual(['sandbox', false, null, null])
  mkdirSync(join(home, 'project'))
  writeFileSync(join(home, 'project/.pm-context'), 'sandbox\n')
  expect(await chosen([], {workingFolder: join(home, 'project')})).toEqual(['sandbox', true, '.pm-context', null])
  expect(await chosen([], {env: {PGHOST: 'pg.example', PGDATABASE: 'mails', PGPASSWORD: 'x'}})).toEqual([
    'mails',
    true,
    'PG*',
    'PGPASSWORD',
  ])
  expect(await chosen([], {env: {DATABASE_URL: 'postgres://ada:x@db.example/mails'}})).toEqual([
    'mails',
    true,
    'DATABASE_URL',
    'DATABASE_URL',
  ])
  expect(await chosen([], {env: {PM_CONTEXT: 'sandbox'}})).toEqual(['sandbox', true, 'PM_CONTEXT', null])
  expect(await chosen(['-c', 'staging'], {env: {PM_CONTEXT: 'sandbox'}})).toEqual([
    'staging',
    true,
    '--context',
    'none',
  ])
})

test('where variables come before the contexts, list says so', async () => {
  const ran = await pm(['context', 'list', '-o', 'name'], {env: {DATABASE_URL: 'postgres://ada@db.example/mails'}})
  expect(ran).toEqual({
    stdout: 'sandbox\n',
    stderr: 'DATABASE_URL comes first here. Where that leads: pm context show\n',
    exitCode: 0,
  })
})

test('where something else comes first, use says that it changes nothing here', async () => {
  const ran = await pm(['context', 'use', 'sandbox'], {env: {PM_CONTEXT: 'sandbox'}})
  expect(ran.stderr).toBe(
    'pm works in sandbox from now on: sandbox, embedded database as op_admin.\n' +
      '! But PM_CONTEXT comes first here: see pm context show.\n',
  )
})

test('list works although what is chosen does not', async () => {
  const ran = await pm(['context', 'list', '-o', 'name'], {env: {PM_CONTEXT: 'gone\u001b[2J'}})
  expect(ran).toEqual({
    stdout: 'sandbox\n',
    stderr: '! There is no context “gone\\u{1b}[2J”, which PM_CONTEXT names.\n',
    exitCode: 0,
  })
  writeFileSync(join(home, '.pm-context'), 'one two')
  const {stderr, exitCode} = await pm(['context', 'list', '-o', 'name'], {workingFolder: home})
  expect([stderr, exitCode]).toEqual([`! ${join(home, '.pm-context')} does not name a context.\n`, 0])
})

test('a context that others can read is refused until it is closed', async () => {
  await pm(['context', 'add', 'staging', ...staging])
  const file = join(home, 'config/contexts/staging.json')
  chmodSync(file, 0o644)
  expect(await pm(['context', 'show', 'staging'])).toEqual({
    stdout: '',
    stderr: `Error: ${file} can be read by others.\nClose it: chmod 600 ${file} (conflict, exit 6)\n`,
    exitCode: 6,
  })
})

test.each([
  ['show', ['context', 'show', 'gone']],
  ['use', ['context', 'use', 'gone']],
  ['remove', ['context', 'remove', 'gone', '--yes']],
])('%s of a context that is not there exits 3', async (_, argv) => {
  expect(await pm(argv)).toEqual({
    stdout: '',
    stderr: 'Error: There is no context “gone”.\nSee which there are: pm context list (not_found, exit 3)\n',
    exitCode: 3,
  })
})

test('remove without consent and without anybody to ask changes nothing, and says what to run', async () => {
  await pm(['context', 'add', 'staging', ...staging])
  expect(await pm(['context', 'remove', 'staging'])).toEqual({
    stdout: '',
    stderr:
      'This forgets the context staging: staging, db.example:5432/mails as ada.\n' +
      'Error: This needs consent, and there is nobody to ask. Nothing was changed.\n' +
      'To consent: pm context remove staging --yes (consent_needed, exit 7)\n',
    exitCode: 7,
  })
  expect((await pm(['context', 'list', '-o', 'name'])).stdout).toBe('sandbox\nstaging\n')
})

test('a production context, saved or said by PM_KIND, is read-only without --write and wants a reason', async () => {
  const database = await freshDatabase()
  try {
    const {host, port, database: name} = database.server('op_admin')
    const address = ['--host', host, '--port', String(port), '--database', name, '--user', 'op_admin']
    await pm(['context', 'add', 'prod', '--kind', 'production', ...address])
    const rate = ['ip', 'rate', '203.0.113.24', 'fair', '--yes']
    const saved = async (...more: string[]) => (await pm([...rate, '-c', 'prod', ...more])).exitCode
    const env = {DATABASE_URL: database.url('op_admin'), PM_KIND: 'production'}
    const said = async (...more: string[]) => (await pm([...rate, ...more], {env})).exitCode
    expect([await saved('--write'), await said('--write')]).toEqual([2, 2])
    expect([await saved('--reason', 'test'), await said('--reason', 'test')]).toEqual([7, 7])
    const done = await pm([...rate, '-c', 'prod', '--reason', 'test', '--write', '-o', 'json'])
    // In the same place, wherever the operator works at the moment.
    expect(JSON.parse(done.stdout).undo).toBe('pm audit undo --context prod 1')
    expect(done.stderr).toContain('Done: change 1. To undo it: pm audit undo --context prod 1\n')
  } finally {
    await database.drop()
  }
})

test('whoever stands in a place that is gone can still see which there are, at a terminal, too', async () => {
  const isTTY = {stdin: true, stdout: true, stderr: true}
  const listed = await pm(['context', 'list', '-o', 'name'], {env: {PM_CONTEXT: 'gone'}, isTTY})
  expect(listed).toMatchObject({stdout: expect.stringMatching(/^sandbox$/m), exitCode: 0})
})

test('the sandbox cannot be removed', async () => {
  const ran = await pm(['context', 'remove', 'sandbox', '--yes'])
  expect([ran.exitCode, ran.stderr.split('\n')[0]]).toEqual([2, "Error: “sandbox” is the embedded database's name."])
})

test.each(['use', 'remove'])('%s without a name, and nobody to ask, says what is missing', async (verb) => {
  expect(await pm(['context', verb])).toEqual({
    stdout: '',
    stderr:
      'Error: Which context?\nGive its name as an argument. See which there are: pm context list (usage, exit 2)\n',
    exitCode: 2,
  })
})

async function pm(argv: string[], world: World = {}): Promise<Ran> {
  return run({home, ...world, env: {HOME: home, ...world.env}}, argv)
}
