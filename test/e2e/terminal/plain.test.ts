import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {environmentOf, startTree} from '../../support/dns/fake-tree.ts'
import {pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

function plainly(argv: readonly string[]): TestTerminal {
  return pmInTerminal(argv, {
    columns: 120,
    env: {DATABASE_URL: database.url('op_admin'), PM_ACCESSIBLE: '1', NO_COLOR: '1'},
  })
}

const moves = /\u001b\[[0-9;?]*[A-Za-ln-z]|\u001b[^[]/

test('for a screen reader, a question is lines, and nothing is drawn over', async () => {
  const terminal = plainly(['ip', 'show', '-o', 'name'])
  await terminal.waitFor('Type a number to choose it')
  terminal.type('203.0.113.2\r')
  await terminal.waitFor('1. 203.0.113.20')
  terminal.type('1\r')
  expect(await terminal.ended()).toBe(0)
  expect((await terminal.shown()).split('\n').slice(-2)).toEqual([
    '203.0.113.20',
    '▸ The same, without being asked: pm ip show -o name 203.0.113.20',
  ])
  expect(terminal.raw).not.toMatch(moves)
})

test('consent is a line, too, and anything but yes is no', async () => {
  const terminal = plainly(['ip', 'quarantine', '203.0.113.24'])
  await terminal.waitFor('Go ahead? Type yes or no:')
  terminal.type('\r')
  expect(await terminal.ended()).toBe(130)
  expect(terminal.raw).not.toMatch(moves)
})

test('a password is read on a line of its own, and not shown', async () => {
  const argv = [
    'staff',
    'enroll',
    'nora@penguinmails.example',
    '--login',
    'op_new',
    '--create-login',
    '--password-stdin',
  ]
  const terminal = plainly([...argv, '--dry-run'])
  await terminal.waitFor('Password: (not shown)')
  terminal.type('correct horsf')
  terminal.press('backspace')
  terminal.type('e battery\r')
  await terminal.waitFor('op_new')
  await terminal.ended()
  expect(await terminal.shown()).not.toMatch(/horse|battery/)
  expect(terminal.raw).not.toMatch(moves)
})

test.each(['ctrl-c', 'ctrl-d'] as const)('%s ends a question', async (key) => {
  const terminal = plainly(['ip', 'show'])
  await terminal.waitFor('Type a number to choose it')
  terminal.press(key)
  expect(await terminal.ended()).toBe(130)
})

test('--prompt asks for everything, and what was answered can be typed', async () => {
  const terminal = plainly(['flags', 'create', '--prompt'])
  await terminal.waitFor('Which key?')
  terminal.type('night_mode\r')
  await terminal.waitFor('description:')
  terminal.type('\r')
  await terminal.waitFor('enabled:')
  terminal.type('2\r')
  await terminal.waitFor('rollout:')
  terminal.type('25\r')
  await terminal.waitFor('reason:')
  terminal.type('ticket 7\r')
  expect(await terminal.ended()).toBe(0)
  expect(await terminal.shown()).toContain(
    "▸ The same, without being asked: pm flags create night_mode --enabled --rollout 25 --reason 'ticket 7'",
  )
})

test.each([
  {seat: 'a terminal that can only print', more: {TERM: 'dumb'}, isDrawn: false},
  {seat: 'a terminal for a screen reader', more: {PM_ACCESSIBLE: '1'}, isDrawn: false},
  {seat: 'any other', more: {}, isDrawn: true},
])('on $seat, how far a check of many is, is drawn over: $isDrawn', async ({more, isDrawn}) => {
  const tree = await startTree()
  const env = {DATABASE_URL: database.url('op_admin'), NO_COLOR: '1', ...environmentOf(tree), ...more}
  const terminal = pmInTerminal(['ip', 'check', '192.0.2.10', '192.0.2.11'], {env})
  await terminal.ended()
  expect(await terminal.shown()).toContain('192.0.2.11')
  expect(/\u001b\[K/.test(terminal.raw)).toBe(isDrawn)
  await tree.close()
})
