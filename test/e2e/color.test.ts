import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {pm} from '../support/process.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const table = ['ip', 'list', '--status', 'burned', '-o', 'table']

// Off a terminal; on one, test/e2e/terminal looks.
test.each<[says: string, color: boolean, flags: readonly string[], env: Record<string, string>]>([
  ['nothing is said', false, [], {}],
  ['CLICOLOR_FORCE=1', true, [], {CLICOLOR_FORCE: '1'}],
  ['CLICOLOR_FORCE=0', false, [], {CLICOLOR_FORCE: '0'}],
  ['FORCE_COLOR=1', true, [], {FORCE_COLOR: '1'}],
  ['NO_COLOR over CLICOLOR_FORCE', false, [], {NO_COLOR: '1', CLICOLOR_FORCE: '1'}],
  ['an empty NO_COLOR is none', true, [], {NO_COLOR: '', CLICOLOR_FORCE: '1'}],
  ['--color always over NO_COLOR', true, ['--color', 'always'], {NO_COLOR: '1'}],
  ['--color never over FORCE_COLOR', false, ['--color', 'never'], {FORCE_COLOR: '1'}],
])('%s: colour %s', async (_says, color, flags, env) => {
  const {exitCode, stdout} = await pm([...table, ...flags], {env: {DATABASE_URL: database.url('op_admin'), ...env}})
  expect(exitCode).toBe(0)
  expect(stdout).toContain('192.0.2.144')
  expect(stdout.includes('\u001b[')).toBe(color)
})

test('data for programs has no colour even where it is forced', async () => {
  const {stdout} = await pm(['ip', 'list', '-o', 'json', '--color', 'always'], {
    env: {DATABASE_URL: database.url('op_admin')},
  })
  expect(JSON.parse(stdout)).toHaveLength(44)
  expect(stdout).not.toContain('\u001b')
})
