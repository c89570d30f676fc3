import {afterAll, beforeAll, expect, test} from 'vitest'
import {planChanges} from '../../src/changes/plan/change-many.ts'
import type {FoundJob} from '../../src/queries/job/find.ts'
import {addTenants} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {begin as beginJob, cutting, holding, type Place, sharing, terminating, work} from '../support/disturbed.ts'
import {ask} from '../support/records.ts'
import {seeded} from '../support/seeded.ts'

// Each lane works on tenants of its own, one run after the other: what waits in one is no loss to the others.
const lanes = 8
const runsOfLane = 30
const tenantsOfLane = 18

let database: TestDatabase
let names: string[]
beforeAll(async () => {
  database = await freshDatabase()
  names = await addTenants(database, lanes * tenantsOfLane)
})
afterAll(() => database.drop())

interface Lane extends Place {
  names: readonly string[]
  subscriptions: readonly string[]
}

async function laneOf(n: number): Promise<Lane> {
  const own = names.slice(n * tenantsOfLane, (n + 1) * tenantsOfLane)
  const rows = await ask<{id: string}>(
    database,
    `select s.id from subscriptions s join tenants t on t.id = s.tenant_id where t.name in (${quoted(own)}) order by t.name`,
  )
  return {database, names: own, subscriptions: rows.map(({id}) => id), application: `pm lane ${n}`}
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(', ')
}

/** Begins a job of all the lane's tenants. */
async function begin(lane: Lane, to: string): Promise<FoundJob> {
  const input = {names: lane.names, to, allowOverLimit: true, allowInactive: true}
  return beginJob(lane, 'subscription.write', (db, operator) => planChanges(db, input, operator))
}

/** What is there to see of a job: the rows that are as planned, the images of its change, and what it counts itself. */
async function seen(lane: Lane, {id}: FoundJob, to: string) {
  const [row] = await ask<{rows: number; images: number; imaged: number; done: number; left: number; missed: number}>(
    database,
    `select
       (select count(*)::int from subscriptions s join tenants t on t.id = s.tenant_id join plans p on p.id = s.pending_plan_id
        where t.name in (${quoted(lane.names)}) and p.slug = '${to}') as rows,
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

function faultsOf({subscriptions}: Lane) {
  const held = holding('subscriptions', (random) => oneOf(subscriptions, random))
  return {cutting, terminating, holding: held, sharing}
}

function oneOf(ids: readonly string[], random: () => number): string {
  return ids[Math.floor(random() * ids.length)] ?? ''
}

test(`of ${lanes * runsOfLane} jobs that were disturbed at seeded moments, none missed a row and none did one twice`, async () => {
  const cuts: unknown[] = []
  const runLane = async (n: number) => {
    const lane = await laneOf(n)
    const faults = faultsOf(lane)
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
    const lane = await laneOf(run % lanes)
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
