import {afterEach, beforeEach, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {changesOf, poolOf} from '../../support/records.ts'
import {pmInTerminal, type Seat} from '../../support/terminal.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const quarantine = ['ip', 'quarantine', '203.0.113.24']

const pm = (argv: readonly string[], {env = {}, ...seat}: Seat = {}) =>
  pmInTerminal(argv, {...seat, env: {DATABASE_URL: database.url('op_admin'), ...env}})

// The cursor is shown again and the terminal reads lines again: what a prompt had switched off.
const left = (raw: string) => raw.lastIndexOf('\u001b[?25h') >= raw.lastIndexOf('\u001b[?25l')

test.each([
  ['80x24', {columns: 80, rows: 24}],
  ['120x40', {columns: 120, rows: 40}],
  ['40x15', {columns: 40, rows: 15}],
])('asks before it changes anything, and Enter says no (%s)', async (_size, seat) => {
  const before = await poolOf(database)
  const terminal = pm(quarantine, seat)
  await terminal.waitFor('Go ahead?')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(130)
  await terminal.waitFor('Declined. Nothing was')
  expect({pool: await poolOf(database), changes: await changesOf(database), restored: left(terminal.raw)}).toEqual({
    pool: before,
    changes: [],
    restored: true,
  })
})

test('y goes ahead, shows where the domains went, and how to undo it', async () => {
  const terminal = pm(quarantine)
  await terminal.waitFor('Go ahead?')
  terminal.type('y')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(0)
  await terminal.waitFor('Done: change 1. To undo it: pm audit undo 1')
  expect(await changesOf(database)).toHaveLength(1)
})

test.each(['ctrl-c', 'ctrl-d'] as const)(
  '%s at the question changes nothing and leaves the terminal as it was',
  async (key) => {
    const terminal = pm(quarantine)
    await terminal.waitFor('Go ahead?')
    terminal.press(key)
    if (key === 'ctrl-d') terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
    expect({changes: await changesOf(database), restored: left(terminal.raw)}).toEqual({changes: [], restored: true})
  },
)

test('a closed window changes nothing', async () => {
  const terminal = pm(quarantine)
  await terminal.waitFor('Go ahead?')
  terminal.hangUp()
  expect(await terminal.ended()).not.toBe(0)
  expect(await changesOf(database)).toEqual([])
})

test('many rows want the name typed: another name declines, the right one goes ahead', async () => {
  const argv = [...quarantine, '--max-rows', '1', '--yes']
  const mistaken = pm(argv)
  await mistaken.waitFor('Type 203.0.113.24 to go ahead:')
  mistaken.type('203.0.113.25')
  mistaken.press('enter')
  expect(await mistaken.ended()).toBe(130)
  expect(await changesOf(database)).toEqual([])
  const sure = pm(argv)
  await sure.waitFor('Type 203.0.113.24 to go ahead:')
  sure.type('203.0.113.24')
  sure.press('enter')
  expect(await sure.ended()).toBe(0)
  expect(await changesOf(database)).toHaveLength(1)
})

test('an IP that was left out is searched for among those there are', async () => {
  const terminal = pm(['ip', 'show'], {columns: 100, rows: 40})
  await terminal.waitFor('Which IP?')
  terminal.type('203.0.113.24')
  await terminal.waitFor('203.0.113.24  warmed, poor, 9 domains')
  terminal.press('enter')
  expect(await terminal.ended()).toBe(0)
  await terminal.waitFor('acme.example')
})

test('a hostile name moves no cursor, with colour and without', async () => {
  for (const env of [{}, {NO_COLOR: '1'}]) {
    const terminal = pm(['ip', 'show', '203.0.113.23'], {env: {...env}})
    expect(await terminal.ended()).toBe(0)
    await terminal.waitFor('\\u{1b}[2J')
    expect(terminal.raw).not.toContain('\u001b[2J')
    expect(terminal.raw.includes('\u001b[3')).toBe(!('NO_COLOR' in env))
  }
})
