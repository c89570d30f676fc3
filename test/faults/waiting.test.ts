import {sql, type Transaction} from 'kysely'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test} from 'vitest'
import type {Database} from '../../src/db/schema.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Ledger, readLedger, verdict} from '../support/ledger.ts'
import {type Running, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {allGone, sessionsUntil, waitingForLock} from '../support/sessions.ts'

const argv = ['ip', 'quarantine', '203.0.113.24', '--yes']

let database: TestDatabase
let before: Ledger
beforeAll(async () => {
  database = await freshDatabase()
  before = await readLedger(database.owner.db)
})
afterEach(async () => {
  await sessionsUntil(database.owner.db, allGone)
  expect(verdict(before, await readLedger(database.owner.db))).toBe('nothing')
})
afterAll(() => database.drop())

function quarantine(flags: readonly string[] = [], port?: number): Running {
  return startPm([...argv, ...flags], {env: {DATABASE_URL: database.url('op_admin', port)}})
}

async function seconds<T>(work: Promise<T>): Promise<[result: T, seconds: number]> {
  const start = performance.now()
  const result = await work
  return [result, (performance.now() - start) / 1_000]
}

describe('while another session holds the rows', () => {
  let other: Transaction<Database>
  let letGo: () => Promise<void>
  beforeEach(async () => {
    const held = await database.owner.db.startTransaction().execute()
    other = held
    letGo = async () => void (await held.rollback().execute())
    await sql`select from smtp_ip_addresses where ip_address = '203.0.113.24' for update`.execute(other)
  })
  afterEach(() => letGo())

  test('pm gives up after five seconds: exit 12, nothing changed', async () => {
    const [{exitCode, stdout, stderr}, took] = await seconds(quarantine().ended)
    expect([exitCode, stdout]).toEqual([12, ''])
    expect(stderr).toContain(
      'Error: The database took too long: canceling statement due to lock timeout. Nothing was changed.\n',
    )
    expect(took).toBeGreaterThan(5)
    expect(took).toBeLessThan(9)
  })

  test('--timeout says how long: a second', async () => {
    const [{exitCode}, took] = await seconds(quarantine(['--timeout', '1']).ended)
    expect([exitCode, took < 4]).toEqual([12, true])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the wait on the server, too: exit 130', async (signal) => {
    const {process, ended} = quarantine()
    await sessionsUntil(database.owner.db, waitingForLock)
    process.kill(signal)
    const [{exitCode, signal: by, stdout, stderr}, took] = await seconds(ended)
    expect([exitCode, by, stdout]).toEqual([130, null, ''])
    expect(stderr).toMatch(/Error: Interrupted\. Nothing was changed\. \(interrupted, exit 130\)\n$/)
    expect(took).toBeLessThan(2)
    // Long before the lock would time out.
    await sessionsUntil(database.owner.db, allGone)
  })

  test('Ctrl-C once more ends pm where it stands', async () => {
    const {process, ended} = quarantine()
    await sessionsUntil(database.owner.db, waitingForLock)
    process.kill('SIGINT')
    process.kill('SIGINT')
    expect((await ended).exitCode).toBe(130)
  })

  test('a list does not wait for them', async () => {
    const {ended} = startPm(['ip', 'list', '-o', 'name'], {env: {DATABASE_URL: database.url('op_viewer')}})
    expect((await ended).exitCode).toBe(0)
  })
})

describe('on a slow server', () => {
  test('--timeout ends a statement: exit 12, nothing changed', async () => {
    const {db} = database.owner
    await sql`create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(20); return new; end'`.execute(
      db,
    )
    await sql`create trigger slow before update on smtp_ip_addresses for each row execute function slow()`.execute(db)
    const [{exitCode, stderr}, took] = await seconds(quarantine(['--timeout', '1']).ended)
    await sql`drop function slow cascade`.execute(db)
    expect([exitCode, took < 4]).toEqual([12, true])
    expect(stderr).toContain('canceling statement due to statement timeout. Nothing was changed.')
  })
})

describe('on a network that fell silent', () => {
  /** Lets so many packets of pm through, and then nothing any more, without a word. */
  async function silentAfter(packets: number, use: (running: Running, silent: Promise<void>) => Promise<void>) {
    const silence = Promise.withResolvers<void>()
    let sent = 0
    const proxy = await startProxy(inject('postgresPort'), ({from}): Fate | Promise<Fate> => {
      if (from === 'client') sent += 1
      if (sent <= packets) return 'deliver'
      silence.resolve()
      return new Promise<Fate>(() => {})
    })
    try {
      await use(quarantine(['--timeout', '1'], proxy.port), silence.promise)
    } finally {
      await proxy.stop()
    }
  }

  test('pm does not wait for ever: exit 11, nothing changed', async () => {
    await silentAfter(16, async ({ended}, silent) => {
      await silent
      const [{exitCode, stderr}, took] = await seconds(ended)
      expect([exitCode, took < 12]).toEqual([11, true])
      expect(stderr).toContain('The connection to the database was lost before the commit. Nothing was changed.')
    })
  })

  test('Ctrl-C ends it in two seconds: exit 130', async () => {
    await silentAfter(16, async ({process, ended}, silent) => {
      await silent
      process.kill('SIGINT')
      const [{exitCode, stderr}, took] = await seconds(ended)
      expect([exitCode, took < 3]).toEqual([130, true])
      expect(stderr).toContain('Error: Interrupted. Nothing was changed.')
    })
  })
})
