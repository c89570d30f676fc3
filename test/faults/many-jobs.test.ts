import {setTimeout as wait} from 'node:timers/promises'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {beginJob} from '../../src/changes/job/begin.ts'
import {findJob} from '../../src/changes/job/find.ts'
import {runJob} from '../../src/changes/job/run.ts'
import type {JobEnding} from '../../src/changes/job/watch.ts'
import {planChanges} from '../../src/changes/plan/change-many.ts'
import {openServer} from '../../src/db/server.ts'
import {readForWrite, type Session, write} from '../../src/db/transaction.ts'
import type {FoundJob} from '../../src/queries/job/find.ts'
import {addTenants} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {seeded} from '../support/seeded.ts'

// Each lane works on tenants of its own, one run after the other: what waits in one is no loss to the others.
const lanes = 8
const runsOfLane = 30
const tenantsOfLane = 18
const itemsOfPage = 3

let database: TestDatabase
let names: string[]
beforeAll(async () => {
  database = await freshDatabase()
  names = await addTenants(database, lanes * tenantsOfLane)
})
afterAll(() => database.drop())

interface Lane {
  names: readonly string[]
  /** What the server's process list shows of its sessions. */
  application: string
}

function laneOf(n: number): Lane {
  return {names: names.slice(n * tenantsOfLane, (n + 1) * tenantsOfLane), application: `pm lane ${n}`}
}

async function withSession<T>(lane: Lane, port: number, work: (session: Session) => Promise<T>): Promise<T> {
  const primary = openServer({...database.server('op_admin'), port}, lane.application, 4)
  try {
    return await work({primary, identity: {kind: 'session'}, limits: {statementMs: 20_000, lockMs: 10_000}})
  } finally {
    await primary.close()
  }
}

const straight = inject('postgresPort')

/** Begins a job of all the lane's tenants, in pages so small that it takes many transactions. */
async function begin(lane: Lane, to: string): Promise<FoundJob> {
  return withSession(lane, straight, async (session) => {
    const permission = 'subscription.write'
    const input = {names: lane.names, to, allowOverLimit: true, allowInactive: true}
    const plan = await readForWrite(session, permission, (db, operator) => planChanges(db, input, operator))
    const header = {command: 'a job', permission, reason: null, targets: [], undoOf: null} as const
    const {result: id} = await write(session, header, (trx) => beginJob(trx, {permission, maxFailures: 0}, plan))
    await ask(
      database,
      `with old as (delete from pm.job_pages where job_id = ${id} returning items)
       insert into pm.job_pages (job_id, n, items, targets, size)
       select ${id}, page, json_agg(item order by at), '{}', count(*) from (
         select item, at, (at - 1) / ${itemsOfPage} as page from old, json_array_elements(items) with ordinality i (item, at)
       ) i group by page`,
    )
    return findJob(session, permission, id)
  })
}

/** Works on a job to its end, like one of several processes that do. */
function work(lane: Lane, job: FoundJob, port = straight): Promise<JobEnding> {
  const options = {workers: 2, rate: undefined, maxLagSeconds: 10, signal: new AbortController().signal}
  return withSession(lane, port, (session) => runJob(session, job, options))
}

/** What is there to see of a job: the rows that are as planned, the images of its change, and what it counts itself. */
async function seen(lane: Lane, {id}: FoundJob, to: string) {
  const listed = lane.names.map((name) => `'${name}'`).join(', ')
  const [row] = await ask<{rows: number; images: number; imaged: number; done: number; left: number; missed: number}>(
    database,
    `select
       (select count(*)::int from subscriptions s join tenants t on t.id = s.tenant_id join plans p on p.id = s.pending_plan_id
        where t.name in (${listed}) and p.slug = '${to}') as rows,
       (select count(*)::int from pm.row_images i where i.change_id = j.change_id and table_name = 'public.subscriptions') as images,
       (select count(distinct after ->> 'id')::int from pm.row_images i
        where i.change_id = j.change_id and table_name = 'public.subscriptions') as imaged,
       (select sum(done)::int from pm.job_pages where job_id = j.id) as done,
       (select sum(size - position)::int from pm.job_pages where job_id = j.id) as left,
       (select sum(cardinality(missed))::int from pm.job_pages where job_id = j.id) as missed
     from pm.jobs j where id = ${id}`,
  )
  return row
}

const whole = {
  rows: tenantsOfLane,
  images: tenantsOfLane,
  imaged: tenantsOfLane,
  done: tenantsOfLane,
  left: 0,
  missed: 0,
}

type Fault = (lane: Lane, job: FoundJob, random: () => number) => Promise<unknown>

/** Cuts the connection at a few packets, before or after they arrived. */
const cutting: Fault = async (lane, job, random) => {
  let cuts = 0
  const proxy = await startProxy(straight, ({from}): Fate => {
    if (from === 'server' || cuts >= 3 || random() > 0.05) return 'deliver'
    cuts += 1
    return random() < 0.5 ? 'cut before' : 'cut after'
  })
  try {
    expect(await work(lane, job, proxy.port)).toBe('finished')
    return cuts
  } finally {
    await proxy.stop()
  }
}

/** Ends the lane's sessions on the server, at a moment. */
const terminating: Fault = async (lane, job, random) => {
  const done = work(lane, job)
  await wait(random() * 60)
  await ask(
    database,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${lane.application}'`,
  )
  expect(await done).toBe('finished')
}

/** Somebody holds one of the rows for a moment. */
const holding: Fault = async (lane, job, random) => {
  const other = await database.owner.db.startTransaction().execute()
  const name = lane.names[Math.floor(random() * lane.names.length)] ?? ''
  const held = other.selectFrom('subscriptions').where('stripe_subscription_id', '=', `sub_${name.replace(' ', '')}`)
  await held.select('id').forUpdate().execute()
  const done = work(lane, job)
  await wait(random() * 80)
  await other.rollback().execute()
  expect(await done).toBe('finished')
}

/** Several processes work on the job, one of which is cut off. */
const sharing: Fault = async (lane, job, random) => {
  expect(await Promise.all([cutting(lane, job, random), work(lane, job)])).toContain('finished')
}

const faults = {cutting, terminating, holding, sharing}

test(`of ${lanes * runsOfLane} jobs that were disturbed at seeded moments, none missed a row and none did one twice`, async () => {
  const cuts: unknown[] = []
  const runLane = async (n: number) => {
    const lane = laneOf(n)
    for (let run = 0; run < runsOfLane; run += 1) {
      const seed = n * 1_000 + run
      const random = seeded(seed)
      const [name, fault] = Object.entries(faults)[run % 4] ?? ['cutting', cutting]
      const to = run % 2 === 0 ? 'scale' : 'enterprise'
      const job = await begin(lane, to)
      try {
        cuts.push(await fault(lane, job, random))
      } catch (cause) {
        throw new Error(`seed ${seed}, ${name}`, {cause})
      }
      expect({seed, name, ...(await seen(lane, job, to))}).toEqual({seed, name, ...whole})
    }
  }
  await Promise.all(Array.from({length: lanes}, (_, n) => runLane(n)))
  // A fault that never happens proves nothing.
  expect(cuts.filter((count) => Number(count) > 0).length).toBeGreaterThan(runsOfLane)
})

test('of jobs that want the same rows at once each row is one’s, and the others tell of it', async () => {
  for (let run = 0; run < 20; run += 1) {
    const lane = laneOf(run % lanes)
    const jobs = await Promise.all([begin(lane, 'starter'), begin(lane, 'starter')])
    const endings = await Promise.all(jobs.map((job) => work(lane, job)))
    expect([run, ...endings]).toEqual([run, 'finished', 'finished'])
    const both = await Promise.all(jobs.map((job) => seen(lane, job, 'starter')))
    const [done, missed] = [both.map((job) => job?.done ?? 0), both.map((job) => job?.missed ?? 0)]
    expect({run, sum: (done[0] ?? 0) + (done[1] ?? 0), images: both.map((job) => job?.images)}).toEqual({
      run,
      sum: tenantsOfLane,
      images: done,
    })
    expect(missed).toEqual(done.map((count) => tenantsOfLane - count))
    await ask(database, `update subscriptions set pending_plan_id = null where stripe_subscription_id like 'sub_Bulk%'`)
  }
})
