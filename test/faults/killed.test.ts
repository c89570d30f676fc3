import {setTimeout as wait} from 'node:timers/promises'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {readLedger, verdict} from '../support/ledger.ts'
import {type Running, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {seeded} from '../support/seeded.ts'
import {allGone, sessionsUntil} from '../support/sessions.ts'

const runs = 32
const slowMs = 8

let database: TestDatabase
beforeAll(renew)
afterAll(() => database.drop())

async function renew(): Promise<void> {
  database = await freshDatabase()
}

/** Runs the quarantine on a slow line, tells of every packet pm sends, and returns what is left in the database. */
async function quarantine(onSent: (count: number, running: Running) => void) {
  const before = await readLedger(database.owner.db)
  let sent = 0
  const proxy = await startProxy(inject('postgresPort'), async ({from}): Promise<Fate> => {
    if (from === 'client') sent += 1
    if (from === 'client') onSent(sent, running)
    await wait(slowMs)
    return 'deliver'
  })
  const env = {DATABASE_URL: database.url('op_admin', proxy.port)}
  const running = startPm(['ip', 'quarantine', '203.0.113.24', '--yes'], {env})
  const {exitCode, signal} = await running.ended
  await sessionsUntil(database.owner.db, allGone)
  await proxy.stop()
  const happened = verdict(before, await readLedger(database.owner.db))
  if (happened === 'whole') await database.drop().then(renew)
  return {exitCode, signal, sent, happened}
}

test(`kill -9 at ${runs} seeded moments leaves all of the change or nothing`, async () => {
  const random = seeded(4)
  const {sent, happened} = await quarantine(() => {})
  expect(happened).toBe('whole')
  const left = {nothing: 0, whole: 0}
  for (let run = 0; run < runs; run += 1) {
    // Half of the runs spread over everything, the other half over the end, where COMMIT is the last packet but one.
    const packet = run % 2 === 0 ? 1 + Math.floor(random() * (sent - 2)) : sent - 1 - (run % 3)
    const momentMs = random() * 3 * slowMs
    const end = await quarantine((count, {process}) => {
      if (count === packet) setTimeout(() => process.kill('SIGKILL'), momentMs)
    })
    // It may have been done and gone before the signal came; then it must have been right about that.
    if (end.signal === null) expect(end).toMatchObject({exitCode: 0, happened: 'whole'})
    else left[end.happened] += 1
  }
  expect(left.nothing).toBeGreaterThan(runs / 2)
  expect(left.whole).toBeGreaterThan(0)
  expect(left.nothing + left.whole).toBeGreaterThanOrEqual(30)
})
