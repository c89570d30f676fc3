import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

async function asked(argv: readonly string[]): Promise<TestTerminal> {
  const terminal = pmInTerminal(argv, {env: {DATABASE_URL: database.url('op_admin')}})
  await terminal.waitFor('? Which IP?')
  await terminal.waitFor(/❯ 192\.0\.2\.10 [\s\S]*⏎ select/)
  return terminal
}

test('a missing argument is asked for, with the rows there are', async () => {
  const terminal = await asked(['ip', 'show', '-o', 'json', '--fields', 'ip,status'])
  expect(await terminal.screen()).toMatchInlineSnapshot(`
    "? Which IP? 
    ❯ 192.0.2.10  warmed, good, 2 domains
      192.0.2.11  warmed, good, 1 domain
      192.0.2.12  warmed, fair, 3 domains
      192.0.2.13  warming, good, 2 domains
      192.0.2.14  assigned, good, 2 domains
      192.0.2.140  warmed, fair, 2 domains
      192.0.2.141  warmed, good, 2 domains
      192.0.2.142  degraded, critical, 2 domains
      192.0.2.143  available, fair, 0 domains
      192.0.2.144  burned, critical, 0 domains

    ↑↓ navigate • ⏎ select"
  `)
  terminal.type('203.0.113.2')
  await terminal.waitFor('❯ 203.0.113.20')
  terminal.press('down')
  await terminal.waitFor('❯ 203.0.113.21')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(0)
  expect(await terminal.shown()).toMatchInlineSnapshot(`
    "✔ Which IP? 203.0.113.21  warmed, good, 2 domains
    {
      "ip": "203.0.113.21",
      "status": "warmed"
    }
    ▸ The same, without being asked: pm ip show -o json --fields ip,status 203.0.113
    .21"
  `)
})

test('what matches nothing says so, and goes on when it is corrected', async () => {
  const terminal = await asked(['ip', 'show', '-o', 'name'])
  terminal.type('9')
  await terminal.waitFor('No results found')
  terminal.press('backspace')
  await terminal.waitFor('❯ 192.0.2.10 ')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(0)
  expect((await terminal.shown()).split('\n').at(-2)).toBe('192.0.2.10')
})

test.each(['ctrl-c', 'ctrl-d'] as const)('%s ends it', async (key) => {
  const terminal = await asked(['ip', 'show'])
  terminal.press(key)
  expect(await terminal.ended()).toBe(130)
})

test('--no-input makes it an error, on a terminal too', async () => {
  const terminal = pmInTerminal(['ip', 'show', '--no-input'], {env: {DATABASE_URL: database.url('op_admin')}})
  expect(await terminal.ended()).toBe(2)
  expect(await terminal.shown()).toMatchInlineSnapshot(`
    "Error: Which IP?
    Give it as an argument: see pm ip show --help. (usage, exit 2)"
  `)
})

test('what is missing is said in the same words in colour', async () => {
  const terminal = pmInTerminal(['lead', 'find', '--no-input'], {env: {DATABASE_URL: database.url('op_admin')}})
  expect(await terminal.ended()).toBe(2)
  expect(await terminal.shown()).toBe('Error: --tenant is missing.\nSee --help. (usage, exit 2)')
})
