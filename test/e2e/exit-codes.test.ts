import {sql} from 'kysely'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {exitCodes} from '../../src/rules/exit-codes.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {freePort} from '../support/free-port.ts'
import {type Ended, pm} from '../support/process.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await sql`update pm.operator_logins set disabled = now() where login = 'op_support'`.execute(database.owner.db)
})
afterAll(() => database.drop())

/** Runs a command line as text and as JSON, and returns how it ended, once it ended alike both times. */
async function both(argv: readonly string[], env: Record<string, string>): Promise<{text: Ended; json: Ended}> {
  const [text, json] = await Promise.all([pm(argv, {env}), pm([...argv, '-o', 'json'], {env})])
  expect(json.exitCode).toBe(text.exitCode)
  return {text, json}
}

function errorOf({stderr}: Ended): Record<string, unknown> {
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error
}

const as = (login: string) => ({DATABASE_URL: database.url(login)})
const quarantine = ['ip', 'quarantine', '203.0.113.24', '--yes']

test('0: data on stdout', async () => {
  const {text, json} = await both(['ip', 'show', '203.0.113.24'], as('op_admin'))
  expect([text.exitCode, text.stderr, json.stderr]).toEqual([0, '', ''])
  expect(JSON.parse(json.stdout)).toMatchObject({ip: '203.0.113.24', status: 'warmed'})
})

test.each<[code: number, name: string, argv: readonly string[], login: string]>([
  [2, 'usage', ['ip', 'list', '--nope'], 'op_admin'],
  [2, 'usage', ['ip', 'show'], 'op_admin'],
  [3, 'not_found', ['ip', 'show', '203.0.113.99'], 'op_admin'],
  [4, 'not_identified', ['ip', 'list'], 'op_support'],
  [5, 'permission_denied', quarantine, 'op_viewer'],
  [6, 'conflict', ['ip', 'release', '203.0.113.24', '--yes'], 'op_admin'],
  [7, 'consent_needed', quarantine.slice(0, -1), 'op_admin'],
])('%i: %s, by pm %j as %s', async (exitCode, code, argv, login) => {
  const {text, json} = await both(argv, as(login))
  expect([text.exitCode, text.stdout, json.stdout]).toEqual([exitCode, '', ''])
  expect(text.stderr).toContain(`(${code}, exit ${exitCode})\n`)
  const error = errorOf(json)
  expect(Object.keys(error)).toEqual(['code', 'message', 'hint', 'details'])
  expect(error.code).toBe(code)
  expect(text.stderr).toContain(`Error: ${error.message}\n`)
})

test('9: a dry run that would change something shows it as data', async () => {
  const {text, json} = await both([...quarantine, '--dry-run'], as('op_admin'))
  expect(text.exitCode).toBe(9)
  expect(JSON.parse(json.stdout)).toMatchObject({change: null, undo: null, effects: expect.any(Array)})
})

test('11: nobody listens where the database should be', async () => {
  const {text, json} = await both(['ip', 'list'], {DATABASE_URL: `postgres://op@127.0.0.1:${await freePort()}/pm`})
  expect([text.exitCode, text.stdout]).toEqual([11, ''])
  expect(errorOf(json)).toMatchObject({code: 'database_unreachable', message: expect.stringContaining('ECONNREFUSED')})
})

test('1: what nobody foresaw says that it is a bug, with the stack', async () => {
  const broken = await freshDatabase()
  await sql`alter table smtp_ip_addresses rename column reputation_state to reputation`.execute(broken.owner.db)
  const {text, json} = await both(['ip', 'list'], {DATABASE_URL: broken.url('op_admin')})
  await broken.drop()
  expect(text.exitCode).toBe(1)
  expect(text.stderr).toMatch(/^Error: This is a bug in pm\. error: column i\.reputation_state does not exist\n {4}at /)
  expect(errorOf(json)).toMatchObject({code: 'bug'})
})

test.each(Object.entries(exitCodes).filter(([reason]) => reason !== 'done'))(
  '%s ends the process with its number, in every mode',
  async (reason, {code: exitCode}) => {
    const code = reason.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const {text, json} = await both(['test', 'fail', code], {})
    expect([text.exitCode, text.stdout, json.stdout]).toEqual([exitCode, '', ''])
    expect(errorOf(json)).toMatchObject({code})
  },
)
