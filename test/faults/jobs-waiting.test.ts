import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterEach, beforeEach, expect, inject, test} from 'vitest'
import type {JobRow} from '../../src/queries/job/columns.ts'
import {addTenants, pendingPlans, recordedSubscriptions} from '../support/bulk.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {startPm} from '../support/process.ts'
import {startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {pmInTerminal} from '../support/terminal.ts'

const tenants = 60

let database: TestDatabase
let folder: string
let file: string
beforeEach(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'pm-waiting-'))
  file = join(folder, 'tenants.txt')
  writeFileSync(file, (await addTenants(database, tenants)).join('\n'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const words = (rate = 50) => [
  ...['plan', 'change', '--to', 'scale', '--from-file', file],
  ...['--confirm', `${tenants} subscriptions`, '--rate', `${rate}`],
]
const env = (port?: number) => ({DATABASE_URL: database.url('op_admin', port)})

async function until(count: number): Promise<void> {
  const done = async () =>
    (await ask<{count: number}>(database, 'select coalesce(sum(position), 0)::int as count from pm.job_pages'))[0]
      ?.count
  while (((await done()) ?? 0) < count) await wait(5)
}

/** Somebody at psql who holds rows; how pm speaks of them. */
async function hold(which: string) {
  const transaction = await database.owner.db.startTransaction().execute()
  await sql`set local application_name = 'psql'`.execute(transaction)
  await sql`select from subscriptions where stripe_subscription_id like ${which} for update`.execute(transaction)
  const {rows} = await sql<{login: string; pid: number}>`select session_user as login, pg_backend_pid() as pid`.execute(
    transaction,
  )
  const letGo = () => transaction.rollback().execute()
  return {letGo, called: `a lock of ${rows[0]?.login} (psql, pid ${rows[0]?.pid})`}
}

async function expectWhole(): Promise<void> {
  expect(await pendingPlans(database)).toEqual({scale: tenants})
  expect(await recordedSubscriptions(database)).toEqual({images: tenants, rows: tenants})
}

test('whose lock it waits for is on the screen, with neither pace nor time left, until it goes on', async () => {
  const {letGo, called} = await hold('sub_Bulk%')
  const terminal = pmInTerminal(words(), {env: env()})
  await terminal.waitFor(`0 of 60 · waiting for ${called}`)
  expect(await terminal.screen()).not.toContain(' left')
  await letGo()
  await terminal.waitFor(' a second · ')
  expect(await terminal.ended()).toBe(0)
  await expectWhole()
})

test('off a terminal a long wait is told of once when it begins, and once when it ends', async () => {
  const {letGo, called} = await hold('sub_Bulk%')
  const {process, ended} = startPm(words(), {env: env()})
  process.stderr?.on('data', (text: Buffer) => {
    if (text.includes('Waiting for a lock')) void letGo()
  })
  const {exitCode, stderr} = await ended
  const told = stderr.split('\n').filter((line) => /^(Waiting|It goes on)/.test(line))
  expect([exitCode, told]).toEqual([
    0,
    [`Waiting for ${called}.`, expect.stringMatching(/^It goes on, after \d+ s\.$/)],
  ])
  await expectWhole()
})

test('one row that stays locked holds the others up for as long as it takes to find it: then it alone fails', async () => {
  const {letGo} = await hold('sub_Bulk7')
  const {exitCode, stdout} = await startPm([...words(1_000), '-o', 'json'], {env: env()}).ended
  await letGo()
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([8, {job: {changed: tenants - 1, failed: 1, left: 0}}])
  expect(await pendingPlans(database)).toEqual({none: 1, scale: tenants - 1})
})

test('that the connection is lost is on the screen, until it is back', async () => {
  const proxy = await startProxy(inject('postgresPort'), () => 'deliver')
  const terminal = pmInTerminal(words(20), {env: env(proxy.port)})
  await until(5)
  proxy.refuse()
  proxy.cut()
  await terminal.waitFor('of 60 · connection lost, trying again for 5')
  expect(await terminal.screen()).not.toContain(' left')
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  await proxy.stop()
})

test('a terminal that is closed is Ctrl-C: what is under way is finished, and how to go on is said', async () => {
  const {process, ended} = startPm(words(), {env: env()})
  await until(5)
  process.kill('SIGHUP')
  process.kill('SIGHUP')
  const {exitCode, stderr} = await ended
  expect([exitCode, stderr]).toEqual([
    130,
    expect.stringMatching(
      /\nError: Interrupted\. (\d+) of 60 were changed and stay so, \d+ are left\.\nGo on: pm job resume 1 --rate 50 \(interrupted, exit 130\)\n$/,
    ),
  ])
  const shown = async () => JSON.parse((await startPm(['job', 'show', '1', '-o', 'json'], {env: env()}).ended).stdout)
  expect(await shown()).toMatchObject({standing: 'stopped', stopped: 'interrupted', stalled_since: null})
  expect((await startPm(['job', 'resume', '1'], {env: env()}).ended).exitCode).toBe(0)
  expect(await shown()).toMatchObject({standing: 'finished', stopped: null})
  await expectWhole()
})

test('a machine that stands still keeps its rows for ten seconds', async () => {
  await ask(
    database,
    `create table seen (idle text);
     create function see() returns trigger language plpgsql security definer as
       $$ begin insert into public.seen values (current_setting('idle_in_transaction_session_timeout')); return null; end $$;
     create trigger see after update on subscriptions for each statement execute function see()`,
  )
  expect((await startPm(words(1_000), {env: env()}).ended).exitCode).toBe(0)
  expect(await ask(database, 'select distinct idle from seen')).toEqual([{idle: '10s'}])
})

test('two who do one saved plan at once share it: what the other did is there already, and both exit 0', async () => {
  const saved = join(folder, 'plan.json')
  const save = ['plan', 'change', '--to', 'scale', '--from-file', file, '--save', saved]
  expect((await startPm(save, {env: env()}).ended).exitCode).toBe(0)
  const apply = (rate: number) =>
    startPm(
      ['plan', 'change', '--apply', saved, '--confirm', `${tenants} subscriptions`, '--rate', `${rate}`, '-o', 'json'],
      {
        env: env(),
      },
    )
  const first = apply(10)
  const second = apply(10)
  const ends = await Promise.all([first.ended, second.ended])
  const jobs = ends.map(({stdout}) => (JSON.parse(stdout) as {job: JobRow}).job)
  expect(ends.map(({exitCode}) => exitCode)).toEqual([0, 0])
  expect(jobs.map(({changed, already, skipped}) => [changed + already, skipped])).toEqual([
    [tenants, 0],
    [tenants, 0],
  ])
  expect(jobs.reduce((sum, {changed}) => sum + changed, 0)).toBe(tenants)
  await expectWhole()
})
