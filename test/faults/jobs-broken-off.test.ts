import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterEach, beforeEach, expect, inject, test} from 'vitest'
import {openServer} from '../../src/db/server.ts'
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
let rejects: string
beforeEach(async () => {
  database = await freshDatabase()
  const names = await addTenants(database, tenants)
  folder = mkdtempSync(join(tmpdir(), 'pm-broken-off-'))
  file = join(folder, 'tenants.txt')
  rejects = join(folder, 'rejects.csv')
  writeFileSync(file, [...names, 'nobody.example'].join('\n'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const words = () => [
  ...['plan', 'change', '--to', 'scale', '--from-file', file],
  ...['--confirm', `${tenants} subscriptions`, '--rate', '50', '--rejects', rejects],
]
const env = (login: string, port?: number) => ({DATABASE_URL: database.url(login, port)})
const resume = async () => (await startPm(['job', 'resume', '1'], {env: env('op_admin')}).ended).exitCode

async function until(count: number): Promise<void> {
  const done = async () =>
    (await ask<{count: number}>(database, 'select coalesce(sum(position), 0)::int as count from pm.job_pages'))[0]
      ?.count
  while (((await done()) ?? 0) < count) await wait(5)
}

/** What was said at the end: the error and its hint, of which the second ends with how to resume. */
function endOf(stderr: string): string[] {
  const lines = stderr.trimEnd().split('\n')
  return lines.slice(lines.findIndex((line) => line.startsWith('Error: ')))
}

/** The same number of changed rows in the table, its record and the job; returns it. */
async function changed(): Promise<number> {
  const {scale = 0} = await pendingPlans(database)
  expect(await recordedSubscriptions(database)).toEqual({images: scale, rows: scale})
  return scale
}

test.each([
  [
    'the permission',
    `delete from staff_role_permissions where permission_id = (select id from permissions where name = 'subscription.write')
     and role_id = (select m.role_id from staff_members m join pm.operator_logins l using (user_id) where l.login = 'op_billing')`,
    /^Error: Job 1 stopped\. .*subscription\.write.* (\d+) of 60 were changed and stay so, (\d+) are left\.$/,
  ],
  [
    'the right to the table',
    'revoke update on subscriptions from pm_operator; revoke update (pending_plan_id, updated) on subscriptions from pm_operator',
    /^Error: Job 1 stopped\. The database refused: permission denied for table subscriptions\. (\d+) of 60 were changed and stay so, (\d+) are left\.$/,
  ],
])('%s is taken in the middle: the error is true of the job, and its files are written', async (_, taking, message) => {
  const {ended} = startPm(words(), {env: env('op_billing')})
  await until(5)
  await sql.raw(taking).execute(database.owner.db)
  const {exitCode, stderr, stdout} = await ended
  const [error = '', hint, ...more] = endOf(stderr)
  expect([exitCode, stdout, hint, more]).toEqual([
    5,
    '',
    expect.stringMatching(/^Who may do it can go on: pm job resume 1.* \(permission_denied, exit 5\)$/),
    [],
  ])
  expect(error).toMatch(message)
  const [, told, left] = message.exec(error) ?? []
  expect([Number(told), Number(left)]).toEqual([await changed(), tenants - (await changed())])
  const [header, ...rejected] = readFileSync(rejects, 'utf8').trimEnd().split('\n')
  expect([header, rejected.pop(), rejected.length]).toEqual([
    'row,line,target,outcome,reason',
    '61,61,nobody.example,unknown,No tenant or subscription nobody.example.',
    Number(left),
  ])
  for (const line of rejected) expect(line).toMatch(/^\d+,\d+,Bulk \d+,waiting,It is not its turn yet\.$/)
})

test('whose login is gone is told that what was done stands, and that the file was not written', async () => {
  const {ended} = startPm(words(), {env: env('op_billing')})
  await until(5)
  await ask(database, "update pm.operator_logins set disabled = now() where login = 'op_billing'")
  const {exitCode, stderr} = await ended
  expect([exitCode, endOf(stderr)]).toEqual([
    4,
    [
      expect.stringMatching(
        /^Error: Job 1 stopped\. The login op_billing has been revoked\. .*What was done stands, and is not done twice\. Not written: .*rejects\.csv\.$/,
      ),
      expect.stringMatching(/^Who may do it can go on: pm job resume 1.* \(not_identified, exit 4\)$/),
    ],
  ])
  await changed()
  expect([await resume(), await changed()]).toEqual([8, tenants])
})

test('Ctrl-C while the server stays away ends the waiting for it: exit 130', async () => {
  const proxy = await startProxy(inject('postgresPort'), () => 'deliver')
  const {process, ended} = startPm(words(), {env: env('op_admin', proxy.port)})
  await until(5)
  proxy.refuse()
  proxy.cut()
  await wait(500)
  process.kill('SIGINT')
  const {exitCode, stderr} = await ended
  await proxy.stop()
  expect([exitCode, endOf(stderr)]).toEqual([
    130,
    [
      `Error: Interrupted. How far it is could not be read. What was done stands, and is not done twice. Not written: ${rejects}.`,
      expect.stringMatching(/^Go on: pm job resume 1.* \(interrupted, exit 130\)$/),
    ],
  ])
  await changed()
  expect([await resume(), await changed()]).toEqual([8, tenants])
})

test('Ctrl-C twice while it waits for a row: the server stops, too, and what to do next is on the screen', async () => {
  const other = await database.owner.db.startTransaction().execute()
  await sql`select from subscriptions where stripe_subscription_id like 'sub_Bulk%' for update`.execute(other)
  const terminal = pmInTerminal(words(), {env: env('op_admin')})
  const waiting = async () =>
    ask(
      database,
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'pm plan change'
        and wait_event_type = 'Lock'`,
    )
  while ((await waiting()).length === 0) await wait(5)
  terminal.press('ctrl-c')
  await terminal.waitFor('Finishing what is under way. Ctrl-C again cancels it.')
  terminal.press('ctrl-c')
  const exitCode = await terminal.ended()
  // Nobody let go of the rows: it is the cancellation that ended the wait.
  const left = await waiting()
  await other.rollback().execute()
  const shown = (await terminal.shown()).replaceAll(/\n(?=[^\n])/g, ' ')
  expect([exitCode, left]).toEqual([130, []])
  expect(shown).toContain('Error: Interrupted. None of 60 was changed, 60 are left.')
  expect(shown).toMatch(/Go on: pm job resume 1.*\(interrupted, exit 130\)$/)
  const failed = "select count(*)::int as failed from pm.job_pages, unnest(missed) m where m ->> 'outcome' = 'failed'"
  expect([await changed(), await ask(database, failed)]).toEqual([0, [{failed: 0}]])
  expect([await resume(), await changed()]).toEqual([8, tenants])
})

test('Ctrl-C in a resumed job on a terminal says what is done, and how to go on', async () => {
  const first = startPm(words(), {env: env('op_admin')})
  await until(5)
  first.process.kill('SIGKILL')
  await first.ended
  const before = await changed()
  const terminal = pmInTerminal(['job', 'resume', '1', '--rate', '20'], {env: env('op_admin')})
  await until(before + 4)
  terminal.press('ctrl-c')
  expect(await terminal.ended()).toBe(130)
  const done = await changed()
  const shown = (await terminal.shown()).replaceAll(/\n(?=[^\n])/g, ' ')
  expect(shown).toContain(`Error: Interrupted. ${done} of 60 were changed and stay so, ${tenants - done} are left.`)
  expect(shown).toMatch(/Go on: pm job resume 1 --rate 20 \(interrupted, exit 130\)$/)
})

test('what a job waits for is on the screen, before anything else is cut off', async () => {
  const others = openServer(database.server('postgres'), 'others', 22)
  // All of them wait for one lock, which the first of them gets.
  const letGo = Promise.withResolvers<void>()
  const held = Array.from({length: 22}, () =>
    others.db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(77)`.execute(trx)
      await letGo.promise
    }),
  )
  const terminal = pmInTerminal(words(), {env: env('op_admin')})
  await terminal.waitFor('of 60 · waiting: 21 sessions wait for locks')
  letGo.resolve()
  await Promise.all(held)
  await others.close()
  expect([await terminal.ended(), await changed()]).toEqual([8, tenants])
})
