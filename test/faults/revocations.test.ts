import {setTimeout as wait} from 'node:timers/promises'
import pg from 'pg'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {useOwnLogins} from '../commands/staff/own-logins.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Running, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {seeded} from '../support/seeded.ts'

const people = Array.from({length: 12}, (_, n) => `leaver${n + 1}@penguinmails.example`)
const logins = useOwnLogins()

let database: TestDatabase
let theirs: string[]
let sessions: Awaited<ReturnType<typeof openAs>>[]
beforeEach(arrange)
afterEach(async () => {
  for (const {client} of sessions) await client.end().catch(() => {})
  await database.drop()
})

/** People on the staff with a login each, and a session of each that is open. */
async function arrange(): Promise<void> {
  database = await freshDatabase()
  await ask(
    database,
    `with made as (insert into users (id, email)
       select gen_random_uuid(), email from unnest('{${people.join(',')}}'::text[]) email returning id)
     insert into staff_members (user_id, role_id) select id, 4 from made`,
  )
  theirs = await logins.give(database, ...people)
  sessions = await Promise.all(theirs.map(openAs))
}

async function openAs(login: string) {
  const client = new pg.Client({connectionString: database.url(login)})
  client.on('error', () => {})
  await client.connect()
  return {client}
}

const env = (port?: number) => ({DATABASE_URL: database.url('op_admin', port)})

/** Begins to remove them all, a few at a time. */
function begin(port?: number): Running {
  const argv = ['staff', 'remove', '-', '--confirm', `${people.length} staff members`, '--rate', '20']
  return startPm(argv, {env: env(port), stdin: people.join('\n')})
}

const resume = () => startPm(['job', 'resume', '1'], {env: env()}).ended

/** Everybody is off the staff, once, and shut out, and not one of their sessions is left. */
const whole = {
  staff: 0,
  enabled: 0,
  log_in: 0,
  let_in: 0,
  sessions: 0,
  done: people.length,
  images: people.length,
  people: people.length,
}

async function stateOf() {
  const names = `any ('{${theirs.join(',')}}')`
  const [state] = await ask(
    database,
    `select
      (select count(*)::int from staff_members m join users u on u.id = m.user_id where u.email like 'leaver%') as staff,
      (select count(*)::int from pm.operator_logins where login = ${names} and disabled is null) as enabled,
      (select count(*)::int from pg_roles where rolname = ${names} and rolcanlogin) as log_in,
      (select count(*)::int from pg_roles where rolname = ${names} and pg_has_role(oid, 'pm_operator', 'member')) as let_in,
      (select count(*)::int from pg_stat_activity where usename = ${names}) as sessions,
      (select sum(done)::int from pm.job_pages) as done,
      count(*)::int as images, count(distinct before ->> 'user_id')::int as people
     from pm.row_images where table_name = 'public.staff_members' and op = 'delete'`,
  )
  return state
}

async function workedOff(): Promise<number> {
  const [row] = await ask<{count: number}>(
    database,
    'select coalesce(sum(position), 0)::int as count from pm.job_pages',
  )
  return row?.count ?? 0
}

test('kill -9 at seeded moments, and resume: nobody is removed twice, and no session is left', async () => {
  const random = seeded(11)
  for (let round = 0; round < 6; round += 1) {
    const until = 1 + Math.floor(random() * people.length)
    const {process, ended} = begin()
    while ((await workedOff()) < until) await wait(2)
    await wait(random() * 30)
    process.kill('SIGKILL')
    await ended
    const {exitCode, stderr} = await resume()
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await stateOf()).toEqual(whole)
    await database.drop()
    await arrange()
  }
}, 120_000)

describe.each(['cut before', 'cut after'] as const)('a connection that is %s delivery', (fate) => {
  test('at seeded packets is made anew, and nothing is left to do', async () => {
    const random = seeded(fate === 'cut before' ? 12 : 13)
    let isBegun = false
    let cuts = 0
    const proxy = await startProxy(inject('postgresPort'), ({from, data}): Fate => {
      isBegun ||= data.includes('job_pages" where')
      if (from === 'server' || !isBegun || cuts >= 8 || random() > 0.05) return 'deliver'
      cuts += 1
      return fate
    })
    const {exitCode, stderr} = await begin(proxy.port).ended
    await proxy.stop()
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(cuts).toBeGreaterThan(4)
    expect(await stateOf()).toEqual(whole)
  })
})

test('Ctrl-C ends the sessions of whom it removed, and of nobody else', async () => {
  const {process, ended} = begin()
  while ((await workedOff()) === 0) await wait(2)
  process.kill('SIGINT')
  expect((await ended).exitCode).toBe(130)
  const removed = await workedOff()
  expect(removed).toBeLessThan(people.length)
  const left = people.length - removed
  expect(await stateOf()).toEqual({
    staff: left,
    enabled: left,
    log_in: left,
    let_in: left,
    sessions: left,
    done: removed,
    images: removed,
    people: removed,
  })
  expect((await resume()).exitCode).toBe(0)
  expect(await stateOf()).toEqual(whole)
})
