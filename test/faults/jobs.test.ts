import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {addTenants, pendingPlans, recordedSubscriptions} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Running, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {seeded} from '../support/seeded.ts'

const tenants = 120
const rate = 100
const whole = {images: tenants, rows: tenants}

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  await addTenants(database, tenants)
})
afterEach(() => database.drop())

const list = () => `tenant\n${Array.from({length: tenants}, (_, n) => `Bulk ${n + 1}`).join('\n')}\n`
const place = (login = 'op_admin', port?: number) => ({env: {DATABASE_URL: database.url(login, port)}})

/** Begins the job of all tenants, in transactions so small that there is a middle to break it in. */
function begin({login, port, more = []}: {login?: string; port?: number; more?: readonly string[]} = {}): Running {
  const consent = ['--confirm', `${tenants} subscriptions`, '--rate', `${rate}`]
  const argv = ['plan', 'change', '--to', 'scale', '--from-file', '-', ...consent, ...more]
  return startPm(argv, {...place(login, port), stdin: list()})
}

const resume = (login?: string, port?: number) => startPm(['job', 'resume', '1'], place(login, port)).ended
const workedOff = async () => {
  const [row] = await ask<{count: number}>(
    database,
    'select coalesce(sum(position), 0)::int as count from pm.job_pages',
  )
  return row?.count ?? 0
}

/** Returns once so many items are worked off. */
async function until(count: number): Promise<void> {
  while ((await workedOff()) < count) await wait(5)
}

/** Puts everything back as it was before the job, which is then a new job's plan again. */
async function anew(): Promise<void> {
  await database.drop()
  database = await freshDatabase()
  await addTenants(database, tenants)
}

/** Nothing doubled, nothing missed: the rows, their images and the job's own count are all the plan's. */
async function expectWhole(): Promise<void> {
  expect(await pendingPlans(database)).toEqual({scale: tenants})
  expect(await recordedSubscriptions(database)).toEqual(whole)
  const totals =
    'select sum(done)::int as done, sum(size)::int as size, sum(position)::int as position from pm.job_pages'
  expect(await ask(database, totals)).toEqual([{done: tenants, size: tenants, position: tenants}])
}

/** What is done is recorded and counted, wherever it stopped. */
async function expectConsistent(): Promise<number> {
  const {scale = 0} = await pendingPlans(database)
  expect(await recordedSubscriptions(database)).toEqual({images: scale, rows: scale})
  expect(await workedOff()).toBe(scale)
  return scale
}

test('kill -9 in the middle, and resume: nothing doubled, nothing missed', async () => {
  const random = seeded(5)
  for (let round = 0; round < 4; round += 1) {
    const {process, ended} = begin()
    await until(1 + Math.floor(random() * (tenants / 2)))
    await wait(random() * 10)
    process.kill('SIGKILL')
    expect((await ended).signal).toBe('SIGKILL')
    await wait(100)
    expect(await expectConsistent()).toBeLessThan(tenants)
    const {exitCode, stderr} = await resume()
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    await expectWhole()
    await anew()
  }
}, 120_000)

test('Ctrl-C once finishes the transaction and says how to go on: exit 130', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pm-interrupted-'))
  const left = join(folder, 'left.csv')
  const {process, ended} = begin({more: ['--rejects', left, '--reason', 'a b']})
  await until(5)
  process.kill('SIGINT')
  const {exitCode, stderr} = await ended
  const goOn = `pm job resume 1 --rate ${rate} --rejects ${left} --reason 'a b'`
  expect([exitCode, stderr]).toEqual([130, expect.stringContaining(`Go on: ${goOn} (`)])
  expect(await expectConsistent()).toBeLessThan(tenants)
  // What it wrote to its file when it was interrupted, it writes anew.
  const again = ['job', 'resume', '1', '--rate', `${rate}`, '--rejects', left, '--reason', 'a b']
  expect(await startPm(again, place()).ended).toMatchObject({exitCode: 0})
  rmSync(folder, {recursive: true})
  await expectWhole()
})

test('the files of a resumed job tell of all of it: what was done and what was left out before, too', async () => {
  const {process, ended} = begin({more: ['nobody.example']})
  await until(5)
  process.kill('SIGINT')
  expect((await ended).exitCode).toBe(130)
  expect(await expectConsistent()).toBeLessThan(tenants)
  const folder = mkdtempSync(join(tmpdir(), 'pm-resumed-'))
  const [results, rejects] = [join(folder, 'results.ndjson'), join(folder, 'rejects.ndjson')]
  const {exitCode, stderr} = await startPm(['job', 'resume', '1', '--results', results, '--rejects', rejects], place())
    .ended
  expect({exitCode, stderr}).toMatchObject({exitCode: 8})
  const told = (file: string) => {
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line)).map(({target, outcome}) => `${target}: ${outcome}`)
  }
  const changed = Array.from({length: tenants}, (_, n) => `Bulk ${n + 1}: changed`)
  expect(told(results).sort()).toEqual([...changed, 'nobody.example: unknown'].sort())
  expect(told(rejects)).toEqual(['nobody.example: unknown'])
  rmSync(folder, {recursive: true})
})

describe.each(['cut before', 'cut after'] as const)('a connection that is %s delivery', (fate) => {
  test('at seeded packets, up to the last report, is made anew, and the job ends whole', async () => {
    const random = seeded(fate === 'cut before' ? 6 : 7)
    let isBegun = false
    let cuts = 0
    const proxy = await startProxy(inject('postgresPort'), ({from, data}): Fate => {
      isBegun ||= data.includes('job_pages" where')
      if (from === 'server' || !isBegun || cuts >= 12 || random() > 0.1) return 'deliver'
      cuts += 1
      return fate
    })
    const {exitCode, stderr} = await begin({port: proxy.port}).ended
    await proxy.stop()
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(cuts).toBeGreaterThan(5)
    await expectWhole()
  })
})

test('terminated backends are replaced, and the job ends whole', async () => {
  const {ended} = begin()
  for (const count of [5, 25, 50, 75]) {
    await until(count)
    await ask(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'pm plan%'`,
    )
  }
  const {exitCode, stderr} = await ended
  expect({exitCode, stderr}).toMatchObject({exitCode: 0})
  await expectWhole()
}, 60_000)

test('two processes at once on one job do each item once', async () => {
  const first = begin()
  await until(1)
  const second = resume()
  const ends = await Promise.all([first.ended, second])
  expect(ends.map(({exitCode, stderr}) => ({exitCode, stderr}))).toMatchObject([{exitCode: 0}, {exitCode: 0}])
  await expectWhole()
})

test('somebody who holds one row: it is tried again, then fails alone; the others are done', async () => {
  const other = await database.owner.db.startTransaction().execute()
  await sql`select from subscriptions where stripe_subscription_id = 'sub_Bulk60' for update`.execute(other)
  const {exitCode, stderr} = await begin({more: ['--timeout', '1']}).ended
  await other.rollback().execute()
  expect({exitCode, stderr}).toMatchObject({exitCode: 8})
  expect(await pendingPlans(database)).toEqual({none: 1, scale: tenants - 1})
  expect(await recordedSubscriptions(database)).toEqual({images: tenants - 1, rows: tenants - 1})
  const failed = await ask(
    database,
    `select told ->> 'target' as target, told ->> 'outcome' as outcome from pm.job_pages, unnest(missed) told`,
  )
  expect(failed).toEqual([{target: 'Bulk 60', outcome: 'failed'}])
}, 60_000)

test('what others commit while it waits for their rows stays, and only what it relies on makes one stale', async () => {
  const other = await database.owner.db.startTransaction().execute()
  const ofTenant = (name: string) => sql`tenant_id = (select id from tenants where name = ${name})`
  await sql`update subscriptions set cancel_reason = 'too dear' where ${ofTenant('Bulk 5')}`.execute(other)
  await sql`update subscriptions set pending_plan_id = (select id from plans where slug = 'enterprise')
    where ${ofTenant('Bulk 6')}`.execute(other)
  const {ended} = begin()
  while ((await waitingForRows()) === 0) await wait(5)
  await other.commit().execute()
  expect((await ended).exitCode).toBe(8)
  expect(await pendingPlans(database)).toEqual({enterprise: 1, scale: tenants - 1})
  expect(await recordedSubscriptions(database)).toEqual({images: tenants - 1, rows: tenants - 1})
  expect(
    await ask(
      database,
      `select p.slug, s.cancel_reason from subscriptions s join plans p on p.id = s.pending_plan_id
      where s.cancel_reason is not null`,
    ),
  ).toEqual([{slug: 'scale', cancel_reason: 'too dear'}])
})

async function waitingForRows(): Promise<number> {
  const [row] = await ask<{count: number}>(
    database,
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row?.count ?? 0
}

test('a revoke in the middle ends it: exit 5, and another may resume it', async () => {
  const {ended} = begin({login: 'op_billing'})
  await until(5)
  await ask(
    database,
    `delete from staff_role_permissions where permission_id = (select id from permissions where name = 'subscription.write')
     and role_id = (select m.role_id from staff_members m join pm.operator_logins l using (user_id) where l.login = 'op_billing')`,
  )
  expect((await ended).exitCode).toBe(5)
  expect(await expectConsistent()).toBeLessThan(tenants)
  const {exitCode, stderr} = await resume('op_admin')
  expect({exitCode, stderr}).toMatchObject({exitCode: 0})
  await expectWhole()
})
