import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {openServer} from '../../src/db/server.ts'
import {type Session, stream} from '../../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'

const statementMs = 500
const silenceMs = statementMs * 2 + 200

let database: TestDatabase
let session: Session & {close(): Promise<void>}
beforeEach(async () => {
  database = await freshDatabase()
  const primary = openServer(database.server('op_admin'), 'pm test', 2, silenceMs)
  session = {primary, identity: {kind: 'session'}, limits: {statementMs, lockMs: 500}, close: () => primary.close()}
})
afterEach(async () => {
  await session.close()
  await database.drop()
})

/** Reads a list, and pauses once behind its first rows. */
async function readPausing(limits: Session['limits'], pauseMs: number): Promise<number> {
  const ips = stream({...session, limits}, 'ip.read', (db) => db.selectFrom('smtp_ip_addresses').select('ip_address'), {
    batchSize: 4,
    isWhole: true,
  })
  let rows = 0
  for await (const batch of ips) {
    if (rows === 0) await wait(pauseMs)
    rows += batch.length
  }
  return rows
}

test('whoever reads a list may pause for longer than a statement or a silent network may take', async () => {
  const [all] = await ask<{count: number}>(database, 'select count(*)::int as count from smtp_ip_addresses')
  expect(await readPausing(session.limits, silenceMs * 2)).toBe(all?.count)
})

test('a list that was left open for too long ends with what is wrong, and what to do', async () => {
  await expect(readPausing({...session.limits, idleMs: 1_000}, 1_500)).rejects.toMatchObject({
    exitCode: 12,
    message: 'The list ends here: nobody read on for more than 1 s, and no longer is it kept open.',
    hint: expect.stringContaining('keep the list in a file first'),
  })
})
