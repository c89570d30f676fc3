import {setTimeout as wait} from 'node:timers/promises'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {planJobUndo} from '../../src/changes/audit/undo-job.ts'
import {planQuarantines} from '../../src/changes/ip/quarantine-many.ts'
import type {FoundJob} from '../../src/queries/job/find.ts'
import {jobOfChange} from '../../src/queries/job/of-change.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {begin as beginJob, cutting, holding, type Place, sharing, terminating, work} from '../support/disturbed.ts'
import {type Ledger, readLedger, replay} from '../support/ledger.ts'
import {startPm} from '../support/process.ts'
import {ask} from '../support/records.ts'
import {seeded} from '../support/seeded.ts'
import {addSending, neverSo} from '../support/sending.ts'

// Each lane has IPs of its own, and all share those that take domains over.
const lanes = 4
const runsOfLane = 12
const ipsOfLane = 9
const domainsOfIp = 2
const domainsOfLane = ipsOfLane * domainsOfIp

let database: TestDatabase
let ips: string[]
let hosts: string[]
let start: Ledger
beforeAll(async () => {
  database = await freshDatabase()
  ips = await addSending(database, {ips: lanes * ipsOfLane, domainsOfIp, hosts: 3})
  hosts = (await ask<{id: string}>(database, `select id from smtp_ip_addresses where ip_address like '198.19.%'`)).map(
    ({id}) => id,
  )
  start = await readLedger(database.owner.db)
})
afterAll(() => database.drop())

interface Lane extends Place {
  ips: readonly string[]
}

function laneOf(n: number): Lane {
  return {database, ips: ips.slice(n * ipsOfLane, (n + 1) * ipsOfLane), application: `pm lane ${n}`}
}

function quarantine(lane: Lane): Promise<FoundJob> {
  const input = {ips: lane.ips, maxPerIp: 1_000, reassign: true}
  return beginJob(lane, 'ip.write', (db) => planQuarantines(db, input))
}

async function undo(lane: Lane, {id}: Pick<FoundJob, 'id'>): Promise<FoundJob> {
  const [job] = await ask<{change: number}>(database, `select change_id as change from pm.jobs where id = ${id}`)
  const change = job?.change ?? 0
  return beginJob(lane, 'ip.write', async (db, operator) => {
    const of = await jobOfChange(db, change)
    if (!of) throw new Error(`Change ${change} began no job.`)
    return planJobUndo(db, {change, ...of}, operator)
  })
}

/** The lane's IPs by their states, its domains by how many IPs they send by, and what the record of a job says it wrote. */
async function seen(lane: Lane, {id}: Pick<FoundJob, 'id'>) {
  const listed = lane.ips.map((ip) => `'${ip}'`).join(', ')
  const [row] = await ask<{
    statuses: string[]
    homes: Record<string, number>
    images: Record<string, number>
    twice: number
    missed: unknown
  }>(
    database,
    `with own as (select id, status from smtp_ip_addresses where ip_address in (${listed})),
     theirs as (select distinct domain_id as id from domain_ip_assignments where smtp_ip_address_id in (select id from own)),
     homes as (select t.id, count(a.id) as ips from theirs t left join domain_ip_assignments a
       on a.domain_id = t.id and a.status in ('active', 'warming', 'scheduled') group by t.id),
     images as (select i.op, i.table_name, coalesce(after, before) ->> 'id' as row from pm.row_images i
       join pm.jobs j on j.change_id = i.change_id where j.id = ${id} and table_name like 'public.%'
         and not (table_name = 'public.smtp_ip_addresses' and before ->> 'status' = after ->> 'status'))
     select array(select distinct status from own) as statuses,
       (select json_object_agg(ips, domains) from (select ips, count(*) as domains from homes group by ips) h) as homes,
       (select json_object_agg(op || ' ' || replace(table_name, 'public.', ''), n) from (
         select op, table_name, count(*) as n from images group by op, table_name) i) as images,
       (select count(*)::int from (select from images group by table_name, row having count(*) > 1) t) as twice,
       (select json_agg(m) from pm.job_pages, unnest(missed) m where job_id = ${id}) as missed`,
  )
  return row
}

const quarantined = {
  statuses: ['quarantined'],
  homes: {1: domainsOfLane},
  images: {
    'insert domain_ip_assignments': domainsOfLane,
    'update domain_ip_assignments': domainsOfLane,
    'update smtp_ip_addresses': ipsOfLane,
  },
  twice: 0,
  missed: null,
}

const putBack = {
  statuses: ['warmed'],
  homes: {1: domainsOfLane},
  images: {
    'delete domain_ip_assignments': domainsOfLane,
    'update domain_ip_assignments': domainsOfLane,
    'update smtp_ip_addresses': ipsOfLane,
  },
  twice: 0,
  missed: null,
}

/** The record of all that was done leads from the rows as they were to the rows as they are. */
async function expectRecorded(): Promise<void> {
  const now = await readLedger(database.owner.db)
  const images = now.images
    .slice(start.images.length)
    .filter(({table_name}) => String(table_name).startsWith('public.'))
  expect(replay(start.rows, images)).toEqual(now.rows)
}

test(`of ${lanes * runsOfLane} quarantines, and as many undone, disturbed at seeded moments, none lost or doubled a domain`, async () => {
  const faults = {
    cutting,
    terminating,
    holding: holding('smtp_ip_addresses', (random) => hosts[Math.floor(random() * hosts.length)] ?? ''),
    sharing,
  }
  const cuts: unknown[] = []
  const runLane = async (n: number) => {
    const lane = laneOf(n)
    for (let run = 0; run < runsOfLane; run += 1) {
      const seed = n * 1_000 + run
      const random = seeded(seed)
      const [name, fault] = Object.entries(faults)[run % 4] ?? ['cutting', cutting]
      try {
        const job = await quarantine(lane)
        cuts.push(await fault(lane, job, random))
        expect(await seen(lane, job)).toEqual(quarantined)
        expect(await neverSo(database)).toEqual([])
        const undoing = await undo(lane, job)
        cuts.push(await fault(lane, undoing, random))
        expect(await seen(lane, undoing)).toEqual(putBack)
        expect(await neverSo(database)).toEqual([])
      } catch (cause) {
        throw new Error(`seed ${seed}, ${name}`, {cause})
      }
    }
  }
  await Promise.all(Array.from({length: lanes}, (_, n) => runLane(n)))
  await expectRecorded()
  // A fault that never happens proves nothing.
  expect(cuts.filter((count) => Number(count) > 0).length).toBeGreaterThan(runsOfLane)
}, 240_000)

test('of jobs that want the same IPs at once each IP is one’s, and the others tell of it', async () => {
  for (let run = 0; run < 10; run += 1) {
    const lane = laneOf(run % lanes)
    const [job, other] = await Promise.all([quarantine(lane), quarantine(lane)])
    const jobs = [job, other]
    expect([run, ...(await Promise.all(jobs.map((one) => work(lane, one))))]).toEqual([run, 'finished', 'finished'])
    const [done] = await ask<{done: number; missed: number}>(
      database,
      `select sum(done)::int as done, sum(cardinality(missed))::int as missed from pm.job_pages
       where job_id in (${jobs.map(({id}) => id).join(', ')})`,
    )
    expect({run, ...done}).toEqual({run, done: ipsOfLane, missed: ipsOfLane})
    expect(await seen(lane, job)).toMatchObject({statuses: ['quarantined'], homes: {1: domainsOfLane}})
    for (const one of jobs) await work(lane, await undo(lane, one))
    expect(await seen(lane, job)).toMatchObject({statuses: putBack.statuses, homes: putBack.homes})
    expect(await neverSo(database)).toEqual([])
  }
  await expectRecorded()
}, 120_000)

test('kill -9 in the middle, and resume: all are done, once', async () => {
  const random = seeded(8)
  const lane = laneOf(0)
  const place = {env: {DATABASE_URL: database.url('op_admin')}}
  for (let run = 0; run < 3; run += 1) {
    const [last] = await ask<{id: number}>(database, lastJob)
    const running = startPm(['ip', 'quarantine', '-', '--rate', '10', '--yes'], {...place, stdin: lane.ips.join('\n')})
    const job = await midway(last?.id ?? 0, 1 + Math.floor(random() * 4))
    running.process.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
    expect(await neverSo(database)).toEqual([])
    expect(await startPm(['job', 'resume', `${job.id}`, '--yes'], place).ended).toMatchObject({exitCode: 0})
    expect(await seen(lane, job)).toEqual(quarantined)
    await work(lane, await undo(lane, job))
    expect(await seen(lane, job)).toMatchObject({statuses: putBack.statuses, homes: putBack.homes})
    expect(await neverSo(database)).toEqual([])
  }
  await expectRecorded()
}, 60_000)

const lastJob = 'select job_id as id, sum(position)::int as done from pm.job_pages group by 1 order by 1 desc limit 1'

/** The job that was begun after another, once so many of its items are worked off. */
async function midway(earlier: number, count: number): Promise<{id: number}> {
  for (;;) {
    const [job] = await ask<{id: number; done: number}>(database, lastJob)
    if (job && job.id > earlier && job.done >= count) return job
    await wait(5)
  }
}

test.each(['first', 'last'])('of a domain by two IPs of a list the one that takes it along may go %s', async (turn) => {
  const lane = laneOf(turn === 'first' ? 1 : 2)
  // Whoever works the job off takes them by their ids, and the one that is listed last takes the domain along.
  const byId = await ask<{id: string; ip: string}>(
    database,
    `select id, ip_address as ip from smtp_ip_addresses
     where ip_address in (${lane.ips.map((ip) => `'${ip}'`).join(', ')}) order by id ${turn === 'first' ? 'desc' : 'asc'}`,
  )
  const domain = `d1.q${byId[0]?.ip.split('.').at(-1)}.example`
  await ask(
    database,
    `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status, warmup_state, assigned)
       select id, '${byId.at(-1)?.id}', 'active', 'warmed', now() from domains where domain = '${domain}';
     update smtp_ip_addresses set assigned_count = assigned_count + 1 where id = '${byId.at(-1)?.id}'`,
  )
  const job = await quarantine({...lane, ips: byId.map(({ip}) => ip)})
  expect(await work(lane, job)).toBe('finished')
  expect(await seen(lane, job)).toMatchObject({statuses: ['quarantined'], homes: {1: domainsOfLane}, missed: null})
  expect(await neverSo(database)).toEqual([])
})
