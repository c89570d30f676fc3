import {execFile} from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {afterEach, beforeEach, expect, test} from 'vitest'
import type {SavedContext} from '../../../src/cli/contexts/saved-context.ts'
import {ContextStore} from '../../../src/cli/contexts/store.ts'
import {PmError} from '../../../src/rules/errors.ts'

const staging: SavedContext = {
  kind: 'staging',
  server: {host: 'db.example', port: 5432, database: 'mails', user: 'ada', password: 'secret'},
  replica: {host: 'db-2.example', port: 5432},
  declared_email: 'ada@penguinmails.example',
}
let home: string
let folder: string
let store: ContextStore

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-store-'))
  folder = join(home, 'config', 'contexts')
  store = new ContextStore(folder)
})

afterEach(() => rmSync(home, {recursive: true, force: true}))

test('what is saved is there, until it is removed', () => {
  expect(store.names()).toEqual([])
  store.add('staging', staging)
  store.add('prod', {...staging, kind: 'production'})
  expect(store.names()).toEqual(['prod', 'staging'])
  expect(store.get('staging')).toEqual(staging)
  store.remove('staging')
  expect(store.names()).toEqual(['prod'])
  expect(problem(() => store.get('staging'))).toEqual([3, 'There is no context “staging”.'])
})

test('the choice is kept, and only of a context that is there', () => {
  expect(store.chosen()).toBeUndefined()
  expect(problem(() => store.use('staging'))).toEqual([3, 'There is no context “staging”.'])
  store.add('staging', staging)
  store.use('staging')
  expect(store.chosen()).toBe('staging')
  store.use('sandbox')
  expect(store.chosen()).toBe('sandbox')
})

test('a name that is taken is refused, and what has it stays', () => {
  store.add('staging', staging)
  expect(problem(() => store.add('staging', {...staging, kind: 'production'}))).toEqual([
    6,
    'There is a context “staging” already.',
  ])
  expect(store.get('staging')).toEqual(staging)
})

test('only the owner may read the files, and enter the folder, even if it was open before', () => {
  mkdirSync(folder, {recursive: true, mode: 0o755})
  store.add('staging', staging)
  store.use('staging')
  const modes = [folder, join(folder, 'staging.json'), join(folder, 'chosen')].map(
    (path) => statSync(path).mode & 0o777,
  )
  expect(modes).toEqual([0o700, 0o600, 0o600])
})

test.each([0o640, 0o604, 0o620, 0o660])('a file with mode %o is refused, and the hint closes it', (mode) => {
  store.add('staging', staging)
  const file = join(folder, 'staging.json')
  chmodSync(file, mode)
  expect(problem(() => store.get('staging'))).toEqual([6, `${file} can be read by others.`])
  expect(hint(() => store.get('staging'))).toBe(`Close it: chmod 600 ${file}`)
  chmodSync(file, 0o600)
  expect(store.get('staging')).toEqual(staging)
})

test('a folder in which others could put a file is refused', () => {
  store.add('staging', staging)
  chmodSync(folder, 0o777)
  expect(problem(() => store.get('staging'))).toEqual([6, `${folder} can be changed by others.`])
  expect(problem(() => store.chosen())).toEqual([6, `${folder} can be changed by others.`])
})

test.each([
  ['half a file', '{"kind": "stag'],
  ['nothing', ''],
  ['null', 'null'],
  ['an array', '[]'],
  ['no server', JSON.stringify({kind: 'staging'})],
  ['the kind of the sandbox', JSON.stringify({...staging, kind: 'sandbox'})],
  ['a port that is text', JSON.stringify({...staging, server: {...staging.server, port: '5432'}})],
  ['a host that is none', JSON.stringify({...staging, server: {...staging.server, host: null}})],
  ['a password that is none', JSON.stringify({...staging, server: {...staging.server, password: {}}})],
  ['half a replica', JSON.stringify({...staging, replica: {host: 'db-2.example'}})],
  ['a declared e-mail that is none', JSON.stringify({...staging, declared_email: 1})],
])('a file with %s is damaged, and the others are not', (_, text) => {
  store.add('prod', staging)
  writeFileSync(join(folder, 'staging.json'), text, {mode: 0o600})
  expect(problem(() => store.get('staging'))).toEqual([6, `${join(folder, 'staging.json')} is damaged.`])
  expect(store.get('prod')).toEqual(staging)
})

test('what a newer pm saved besides is kept by one that does not know it', () => {
  store.add('staging', staging)
  const file = join(folder, 'staging.json')
  writeFileSync(file, JSON.stringify({...staging, colour: 'teal'}), {mode: 0o600})
  store.use('staging')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({colour: 'teal'})
})

test.each([
  ['the folder', () => folder],
  ['one above it', () => join(home, 'config')],
])('a file in the place of %s is an error the operator can act on', (_, place) => {
  mkdirSync(dirname(place()), {recursive: true})
  writeFileSync(place(), 'a file where the folder should be')
  const why = 'a part of its path is no folder.'
  expect(problem(() => store.add('staging', staging))).toEqual([6, `${folder} cannot be written: ${why}`])
  expect(problem(() => store.chosen())).toEqual([6, `${join(folder, 'chosen')} cannot be read: ${why}`])
  expect(hint(() => store.chosen())).toContain('PM_CONFIG_DIR')
})

test('so is a folder that is a link which leads to itself', () => {
  symlinkSync('config', join(home, 'config'))
  const why = 'its links lead in a circle.'
  expect(problem(() => store.chosen())).toEqual([6, `${join(folder, 'chosen')} cannot be read: ${why}`])
  expect(problem(() => store.get('staging'))).toEqual([6, `${join(folder, 'staging.json')} cannot be read: ${why}`])
  const taken = 'something else is in its place.'
  expect(problem(() => store.add('staging', staging))).toEqual([6, `${folder} cannot be written: ${taken}`])
})

test('a file in the place of the folder holds no contexts', () => {
  mkdirSync(dirname(folder), {recursive: true})
  writeFileSync(folder, '')
  expect(problem(() => store.names())).toEqual([6, `${folder} cannot be read: a part of its path is no folder.`])
})

test('of many processes that add contexts at once, none loses any', async () => {
  const processes = Array.from({length: 6}, (_, process) =>
    adding(Array.from({length: 20}, (_, n) => `c${process}-${n}`)),
  )
  expect(await Promise.all(processes)).toEqual(Array.from({length: 6}, () => 20))
  expect(store.names()).toHaveLength(120)
  expect(store.names().map((name) => store.get(name))).toEqual(Array.from({length: 120}, () => staging))
  expect(readdirSync(folder)).toHaveLength(120)
})

test('of many processes that add the same context at once, exactly one does, and the others are told', async () => {
  const names = Array.from({length: 20}, (_, n) => `c${n}`)
  const added = await Promise.all(Array.from({length: 6}, () => adding(names)))
  expect(added.reduce((sum, count) => sum + count, 0)).toBe(20)
  expect(store.names()).toHaveLength(20)
})

/** How many of the names a process of its own could add. */
async function adding(names: string[]): Promise<number> {
  const url = new URL('../../../src/cli/contexts/store.ts', import.meta.url)
  const script = `
    import {ContextStore} from ${JSON.stringify(url)}
    const store = new ContextStore(${JSON.stringify(folder)})
    let added = 0
    for (const name of ${JSON.stringify(names)}) {
      try { store.add(name, ${JSON.stringify(staging)}); added += 1 }
      catch (error) { if (error.code !== 'conflict') throw error }
    }
    console.log(added)`
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return Number(stdout)
}

function problem(work: () => unknown): [number, string] {
  const {exitCode, message} = refusal(work)
  return [exitCode, message]
}

function hint(work: () => unknown): string | undefined {
  return refusal(work).hint
}

function refusal(work: () => unknown): PmError {
  try {
    work()
  } catch (error) {
    if (error instanceof PmError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
