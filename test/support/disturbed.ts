import {setTimeout as wait} from 'node:timers/promises'
import {expect, inject} from 'vitest'
import {beginJob} from '../../src/changes/job/begin.ts'
import type {BulkPlan} from '../../src/changes/job/bulk-plan.ts'
import {findJob} from '../../src/changes/job/find.ts'
import {runJob} from '../../src/changes/job/run.ts'
import type {JobEnding} from '../../src/changes/job/watch.ts'
import type {Operator} from '../../src/db/identity.ts'
import {openServer} from '../../src/db/server.ts'
import {type Reader, readForWrite, type Session, write} from '../../src/db/transaction.ts'
import type {FoundJob} from '../../src/queries/job/find.ts'
import type {Permission} from '../../src/rules/permissions.ts'
import type {TestDatabase} from './database.ts'
import {type Fate, startProxy} from './proxy.ts'
import {ask} from './records.ts'

/** Where jobs run that are to be disturbed. */
export interface Place {
  database: TestDatabase
  /** What the server's process list shows of its sessions. */
  application: string
}

const straight = inject('postgresPort')
const itemsOfPage = 3

async function withSession<T>(
  {database, application}: Place,
  port: number,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const primary = openServer({...database.server('op_admin'), port}, application, 4)
  try {
    return await run({primary, identity: {kind: 'session'}, limits: {statementMs: 20_000, lockMs: 10_000}})
  } finally {
    await primary.close()
  }
}

/** Begins a job, in pages so small that it takes many transactions. */
export async function begin(
  place: Place,
  permission: Permission,
  planner: (db: Reader, operator: Operator) => Promise<BulkPlan>,
): Promise<FoundJob> {
  return withSession(place, straight, async (session) => {
    const plan = await readForWrite(session, permission, planner)
    const {undoes: undoOf = null} = plan
    const header = {command: 'a job', permission, reason: null, targets: [], undoOf}
    const {result: id} = await write(session, header, (trx) => beginJob(trx, {maxFailures: 0}, plan))
    const {db} = place.database.owner
    await db.deleteFrom('pm.job_pages').where('job_id', '=', id).execute()
    for (const [n, {text: items, size}] of [...plan.items.pages(itemsOfPage)].entries())
      await db.insertInto('pm.job_pages').values({job_id: id, n, items, targets: [], size}).execute()
    return findJob(session, permission, id)
  })
}

/** Works on a job to its end, like one of several processes that do. */
export function work(place: Place, job: FoundJob, port = straight): Promise<JobEnding> {
  const options = {workers: 2, rate: undefined, maxLagSeconds: 10, signal: new AbortController().signal}
  return withSession(place, port, (session) => runJob(session, job, options))
}

/** Works on a job to its end while something happens to it. */
export type Fault = (place: Place, job: FoundJob, random: () => number) => Promise<unknown>

/** Cuts the connection at a few packets, before or after they arrived; how many they were. */
export const cutting: Fault = async (place, job, random) => {
  let cuts = 0
  const proxy = await startProxy(straight, ({from}): Fate => {
    if (from === 'server' || cuts >= 3 || random() > 0.05) return 'deliver'
    cuts += 1
    return random() < 0.5 ? 'cut before' : 'cut after'
  })
  try {
    expect(await work(place, job, proxy.port)).toBe('finished')
    return cuts
  } finally {
    await proxy.stop()
  }
}

/** Ends the sessions on the server, at a moment. */
export const terminating: Fault = async (place, job, random) => {
  const done = work(place, job)
  await wait(random() * 60)
  await ask(
    place.database,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${place.application}'`,
  )
  expect(await done).toBe('finished')
}

/** Somebody holds one row of a table for a moment. @param one its id */
export function holding(table: 'subscriptions' | 'smtp_ip_addresses', one: (random: () => number) => string): Fault {
  return async (place, job, random) => {
    const other = await place.database.owner.db.startTransaction().execute()
    await other.selectFrom(table).where('id', '=', one(random)).select('id').forUpdate().execute()
    const done = work(place, job)
    await wait(random() * 80)
    await other.rollback().execute()
    expect(await done).toBe('finished')
  }
}

/** Several processes work on the job, one of which is cut off. */
export const sharing: Fault = async (place, job, random) => {
  expect(await Promise.all([cutting(place, job, random), work(place, job)])).toContain('finished')
}
