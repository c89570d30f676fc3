import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {type Ledger, readLedger, verdict} from '../../support/ledger.ts'
import {allGone, sessionsUntil} from '../../support/sessions.ts'
import {bashInTerminal, pmInTerminal, type TestTerminal} from '../../support/terminal.ts'

const argv = ['ip', 'quarantine', '203.0.113.24']

let database: TestDatabase
let before: Ledger
let env: Record<string, string>

async function renew(): Promise<void> {
  database = await freshDatabase()
  before = await readLedger(database.owner.db)
  env = {DATABASE_URL: database.url('op_admin')}
}

async function happened(): Promise<'nothing' | 'whole'> {
  await sessionsUntil(database.owner.db, allGone)
  return verdict(before, await readLedger(database.owner.db))
}

async function lastLine(terminal: TestTerminal): Promise<string | undefined> {
  return (await terminal.shown()).split('\n').at(-1)
}

describe('asked whether to go ahead', () => {
  let terminal: TestTerminal
  beforeAll(renew)
  afterAll(() => database.drop())
  beforeEach(async () => {
    terminal = pmInTerminal(argv, {env})
    await terminal.waitFor('? Go ahead? (y/N)')
  })
  afterEach(async () => {
    expect(await happened()).toBe('nothing')
  })

  test('Enter means no', async () => {
    terminal.press('enter')
    expect(await terminal.ended()).toBe(130)
    expect(await lastLine(terminal)).toBe('Error: Declined. Nothing was changed. (interrupted, exit 130)')
  })

  test.each(['n', 'no'])('so does %s', async (word) => {
    terminal.type(word)
    terminal.press('enter')
    expect(await terminal.ended()).toBe(130)
  })

  test('what is neither yes nor no is asked again', async () => {
    terminal.type('yup!')
    terminal.press('enter')
    await terminal.waitFor('You must answer with "Yes" or "No"')
    terminal.press('ctrl-c')
    expect(await terminal.ended()).toBe(130)
  })

  test.each(['ctrl-c', 'ctrl-d'] as const)('%s ends it', async (key) => {
    terminal.press(key)
    expect(await terminal.ended()).toBe(130)
    expect(await lastLine(terminal)).toBe('Error: Nothing was changed. (interrupted, exit 130)')
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s from elsewhere ends it', async (signal) => {
    process.kill(terminal.pid, signal)
    expect(await terminal.ended()).toBe(130)
  })

  test('the end of the terminal ends it', async () => {
    terminal.hangUp()
    expect(await terminal.ended()).toBe(130)
  })
})

describe('a yes', () => {
  beforeEach(renew)
  afterEach(() => database.drop())

  test('applies what was shown, and says how to undo it', async () => {
    const terminal = pmInTerminal(argv, {env})
    await terminal.waitFor('? Go ahead? (y/N)')
    expect(await happened().catch(() => 'nothing')).toBe('nothing')
    terminal.type('y')
    terminal.press('enter')
    expect(await terminal.ended()).toBe(0)
    expect(await lastLine(terminal)).toBe('Done: change 1. To undo it: pm audit undo 1')
    expect(await happened()).toBe('whole')
  })

  test('that comes too late, when another operator was faster, is a conflict', async () => {
    const terminal = pmInTerminal(argv, {env})
    await terminal.waitFor('? Go ahead? (y/N)')
    const faster = pmInTerminal([...argv, '--yes'], {env})
    expect(await faster.ended()).toBe(0)
    terminal.type('y')
    terminal.press('enter')
    expect(await terminal.ended()).toBe(6)
    expect(await terminal.shown()).toContain('Error: Changed since it was planned: assignment of acme')
    expect(await happened()).toBe('whole')
  })
})

describe('more rows than --max-rows', () => {
  beforeEach(renew)
  afterEach(() => database.drop())

  async function typed(name: string): Promise<TestTerminal> {
    const terminal = pmInTerminal([...argv, '--yes', '--max-rows', '1'], {env})
    await terminal.waitFor('? Type 203.0.113.24 to go ahead:')
    terminal.type(name)
    terminal.press('enter')
    return terminal
  }

  test('take the name, typed: --yes does not stand in for it', async () => {
    expect(await (await typed('203.0.113.24')).ended()).toBe(0)
    expect(await happened()).toBe('whole')
  })

  test.each(['y', 'yes', '203.0.113.2', ''])('and “%s” is not the name', async (name) => {
    expect(await (await typed(name)).ended()).toBe(130)
    expect(await happened()).toBe('nothing')
  })
})

test('after Ctrl-C the terminal is as it was: it echoes, and reads line by line', async () => {
  await renew()
  const terminal = bashInTerminal(
    `pm ${argv.join(' ')}; echo "exit $?"; stty -a | grep -oE -- '-?(icanon|echo|isig) '`,
    {
      env,
    },
  )
  await terminal.waitFor('? Go ahead? (y/N)')
  terminal.press('ctrl-c')
  await terminal.ended()
  expect((await terminal.shown()).split(/\s*\n/).slice(-4)).toEqual(['exit 130', 'isig', 'icanon', 'echo'])
  // The cursor was hidden and shown again, if at all.
  expect(terminal.raw.lastIndexOf('\u001b[?25l')).toBeLessThanOrEqual(terminal.raw.lastIndexOf('\u001b[?25h'))
  await database.drop()
})

describe('asked whether to evacuate a VPS that carries domains', () => {
  beforeEach(renew)
  afterEach(() => database.drop())

  const decommission = ['vps', 'decommission', 'hw-410902', '--on', '2037-01-31']

  test('a yes plans the moves as well, and the whole is asked about once more', async () => {
    const terminal = pmInTerminal(decommission, {env})
    await terminal.waitFor('? It still carries 22 domains. Move them off in the same change? (y/N)')
    terminal.type('y')
    terminal.press('enter')
    await terminal.waitFor('Decommission hw-410902 on 2037-01-31, after moving 22 domains off it.')
    await terminal.waitFor('? Go ahead? (y/N)')
    terminal.press('enter')
    expect(await terminal.ended()).toBe(130)
    expect(await happened()).toBe('nothing')
  })

  test('a no leaves it as it is, and says how to do it later', async () => {
    const terminal = pmInTerminal(decommission, {env})
    await terminal.waitFor('? It still carries 22 domains.')
    terminal.press('enter')
    expect(await terminal.ended()).toBe(6)
    expect(await terminal.shown()).toContain('Move them off in the same change with --evacuate.')
    expect(await happened()).toBe('nothing')
  })
})
