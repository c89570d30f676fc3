import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {behaviours, environmentOf, type FakeTree, startTree} from '../support/dns/fake-tree.ts'
import {bash, startPm} from '../support/process.ts'
import {type Fate, startProxy} from '../support/proxy.ts'
import {ask} from '../support/records.ts'
import {withoutBanner} from '../support/run.ts'
import {seeded} from '../support/seeded.ts'

const count = 400
/** So many a second, that there is a middle to break it in. */
const rate = 150
const words = ['domain', 'check', '--tenant', 'Bulk', '--write', '--reason', 'a look']

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  tree.resolver.behaviour = behaviours.refusing
  await addDomains()
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

/** Adds a tenant Bulk with domains like Acme's. */
const addDomains = () =>
  ask(
    database,
    `with made as (insert into tenants select m.* from jsonb_populate_record((select t from tenants t where name = 'Acme'),
       jsonb_build_object('id', gen_random_uuid(), 'name', 'Bulk')) m returning id)
     insert into domains select m.* from made cross join generate_series(1, ${count}) n
       cross join lateral jsonb_populate_record((select d from domains d where domain = 'acme.example'),
         jsonb_build_object('id', gen_random_uuid(), 'tenant_id', made.id, 'domain', 'bulk' || n || '.example',
           'mailu_domain', null, 'dns_verification_attempts', 0)) m`,
  )

const env = (port?: number, login = 'op_admin') => ({
  env: {DATABASE_URL: database.url(login, port), ...environmentOf(tree)},
})
const check = (more: readonly string[] = [], {login = 'op_admin', port}: {login?: string; port?: number} = {}) =>
  startPm([...words, '-o', 'name', ...more], env(port, login))
const slowly = ['--rate', `${rate}`]
const pm = async (...argv: string[]) => (await startPm(argv, env()).ended).exitCode
const job = async (id = 1) => JSON.parse((await startPm(['job', 'show', `${id}`, '-o', 'json'], env()).ended).stdout)
const stored = async () => {
  const [row] = await ask<{domains: number}>(
    database,
    "select count(*)::int as domains from domains where domain like 'bulk%' and dns_verification_attempts > 0",
  )
  return row?.domains ?? 0
}
const until = async (domains: number) => {
  while ((await stored()) < domains) await wait(5)
}

/** How often domains were stored, as often as it is recorded. */
async function attempts() {
  const rows = await ask<{attempts: number; domains: number}>(
    database,
    `select dns_verification_attempts as attempts, count(*)::int as domains from domains where domain like 'bulk%'
     group by 1 order by 1`,
  )
  const images = rows.reduce((sum, row) => sum + row.attempts * row.domains, 0)
  const recorded = "select count(*)::int as images from pm.row_images where table_name = 'public.domains'"
  expect(await ask(database, recorded)).toEqual([{images}])
  return rows
}

const once = [{attempts: 1, domains: count}]

/** What was said last: the error, and its hint. */
function endOf(stderr: string): string[] {
  const lines = stderr.trimEnd().split('\n')
  return lines.slice(lines.findIndex((line) => line.startsWith('Error: ')))
}

/** The command that a hint tells to go on with, as words. */
function goOn(hint: string): string[] {
  const [, line = ''] =
    hint.match(/pm (domain check --after \S+ --tenant Bulk --write --reason 'a look' -o name)/) ?? []
  return line.replace("'a look'", 'a_look').split(' ')
}

test('all that is found is stored by one job, which is undone as a whole', async () => {
  const {exitCode, stdout, stderr} = withoutBanner(await check().ended)
  expect([exitCode, stdout.trimEnd().split('\n').length, stderr]).toEqual([
    10,
    count,
    '\nDone: job 1. To undo all of it: pm audit undo 1\n',
  ])
  expect(await attempts()).toEqual(once)
  expect(await job()).toMatchObject({standing: 'finished', items: count, changed: count, left: 0, change: 1})
  expect(await pm('audit', 'undo', '1', '--yes', '--confirm', `${count} domains`)).toBe(0)
  expect(await stored()).toBe(0)
})

describe.each(['cut before', 'cut after'] as const)('a connection that is %s delivery', (fate) => {
  test('at seeded packets is made anew, and each is stored once', async () => {
    const random = seeded(fate === 'cut before' ? 11 : 12)
    let isBegun = false
    let cuts = 0
    const proxy = await startProxy(inject('postgresPort'), ({from, data}): Fate => {
      isBegun ||= data.includes('job_pages" where')
      if (from === 'server' || !isBegun || cuts >= 8 || random() > 0.1) return 'deliver'
      cuts += 1
      return fate
    })
    const {exitCode, stdout} = await check(slowly, {port: proxy.port}).ended
    await proxy.stop()
    expect([exitCode, new Set(stdout.trimEnd().split('\n')).size, cuts > 4]).toEqual([10, count, true])
    expect(await attempts()).toEqual(once)
    expect(await job()).toMatchObject({standing: 'finished', changed: count})
  })
})

test('Ctrl-C lets what is under way finish, closes the job, and says the command that checks what is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pm-rejects-'))
  const rejects = join(folder, 'rejects.csv')
  const {process, ended} = check([...slowly, '--rejects', rejects])
  await until(5)
  process.kill('SIGINT')
  const {exitCode, stderr, stdout} = await ended
  const done = await stored()
  const left = readFileSync(rejects, 'utf8').trimEnd().split('\n').slice(1)
  rmSync(folder, {recursive: true})
  expect([left.length, new Set(left.map((row) => row.split(',')[2])).size]).toEqual([count - done, count - done])
  const [error, hint = ''] = endOf(stderr)
  expect([exitCode, error, stdout.trimEnd().split('\n').length]).toEqual([
    130,
    `Error: Interrupted: ${done} were checked. What was found of ${done} is stored.`,
    done,
  ])
  expect(await job()).toMatchObject({standing: 'finished', changed: done, left: 0})
  const again = goOn(hint.replace(` --rate ${rate}`, ''))
  expect((await startPm(again, env()).ended).exitCode).toBe(10)
  expect([done < count, await attempts()]).toEqual([true, once])
})

test('nobody reads on: it stops, and closes its job', async () => {
  const {stdout, stderr} = await bash(
    `pm ${words.join(' ').replace('a look', 'a')} ${slowly.join(' ')} -o name | head -1; echo "\${PIPESTATUS[@]}"`,
    env(),
  )
  expect(stdout.split('\n').slice(1)).toEqual(['8 0', ''])
  expect(stderr).toMatch(/Stopped, since nobody reads on: .*\nGo on: pm domain check --after /)
  const done = await stored()
  expect([done < count, await job()]).toMatchObject([true, {standing: 'finished', changed: done, left: 0}])
})

test('kill -9: what is stored stands, the rest of its job is done by pm job resume, and nothing twice', async () => {
  const {process, ended} = check(slowly)
  await until(40)
  process.kill('SIGKILL')
  await ended
  await wait(200)
  const done = await stored()
  expect(await job()).toMatchObject({standing: 'running', changed: done})
  const {exitCode, stderr} = await startPm(['job', 'resume', '1'], env()).ended
  expect([exitCode, ...stderr.trimEnd().split('\n').slice(-2)]).toEqual([
    8,
    'Error: All that job 1 holds is done, but what was to bring more had not come to its end.',
    expect.stringMatching(/^Unless that still runs somewhere, do it again for the rest: pm domain check .*--write/),
  ])
  const {changed, left, standing} = await job()
  expect([left, standing, await stored()]).toEqual([0, 'finished', changed])
  expect(changed).toBeGreaterThanOrEqual(done)
  // Again, from the start.
  expect((await check().ended).exitCode).toBe(10)
  expect(await attempts()).toEqual(
    [
      {attempts: 1, domains: count - changed},
      {attempts: 2, domains: changed},
    ].filter(({domains}) => domains > 0),
  )
})

test('kill -9, and the check again before its job is resumed: what has been checked anew is left alone', async () => {
  const {process, ended} = check(slowly)
  await until(40)
  process.kill('SIGKILL')
  await ended
  await wait(200)
  expect((await check().ended).exitCode).toBe(10)
  const before = await attempts()
  const {left} = await job()
  expect([await pm('job', 'resume', '1'), await attempts()]).toEqual([8, before])
  expect(await job()).toMatchObject({standing: 'finished', left: 0, already: left})
})

describe('somebody else', () => {
  test.each([
    [
      'pauses the job',
      ['job', 'pause', '1'],
      /^Error: Job 1 was paused\. \d+ of \d+ were changed and stay so, \d+ are left\.$/,
    ],
    ['cancels the job', ['job', 'cancel', '1', '--yes'], /^Error: Job 1 was canceled\. /],
    [
      'halts all jobs',
      ['config', 'set', 'pm.jobs_halted', 'true', '--yes'],
      /^Error: Job 1 stopped, because all jobs are halted\. /,
    ],
  ])('%s: it ends with 8, and says how to check the rest', async (_, argv, message) => {
    const {ended} = check(slowly)
    await until(5)
    expect(await pm(...argv)).toBe(0)
    const {exitCode, stderr, stdout} = await ended
    const [error, hint = ''] = endOf(stderr)
    const done = await stored()
    expect([exitCode, error, stdout.split('\n').length - 1]).toEqual([8, expect.stringMatching(message), done])
    expect(hint).toContain('pm domain check --after ')
    expect([done < count, (await job()).changed]).toEqual([true, done])
  })

  test.each([
    ['it alone fails, and the others are stored', [], 10, /\n\nDone: job 1\. /],
    [
      '--max-failures 0 lets none fail: it ends with 8',
      ['--max-failures', '0'],
      8,
      /\nError: Job 1 stopped: more failed/,
    ],
  ])('holds a row: %s', async (_, budget, code, message) => {
    const other = await database.owner.db.startTransaction().execute()
    await sql`select from domains where domain = 'bulk7.example' for update`.execute(other)
    const {exitCode, stderr} = withoutBanner(await check(['--timeout', '1', ...budget]).ended)
    await other.rollback().execute()
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(/^! bulk7\.example: The database took too long/)])
    expect(stderr).toMatch(message)
    const {changed, failed, left} = await job()
    expect([failed, await stored(), left > 0]).toEqual([1, changed, budget.length > 0])
  })

  test('works on the job, too: each is stored once, whoever did it, and all of it is undone', async () => {
    const {ended} = check(slowly)
    await until(5)
    const others: (number | null)[] = []
    let isOver = false
    const checked = ended.finally(() => {
      isOver = true
    })
    while (!isOver) others.push((await startPm(['job', 'resume', '1'], env(undefined, 'op_operations')).ended).exitCode)
    // 8 as long as more is to come.
    expect([(await checked).exitCode, await attempts()]).toEqual([10, once])
    expect(others.filter((exitCode) => exitCode !== 8 && exitCode !== 0)).toEqual([])
    expect(await job()).toMatchObject({standing: 'finished', items: count, changed: count, left: 0})
    expect(await pm('audit', 'undo', '1', '--yes', '--confirm', `${count} domains`)).toBe(0)
    expect(await stored()).toBe(0)
  })

  test('takes the permission: it ends with 5, and what is stored stays', async () => {
    const {ended} = check(slowly, {login: 'op_operations'})
    await until(5)
    await ask(
      database,
      `delete from staff_role_permissions where permission_id = (select id from permissions where name = 'domain.write')
       and role_id = (select m.role_id from staff_members m join pm.operator_logins l using (user_id) where l.login = 'op_operations')`,
    )
    const {exitCode, stderr} = await ended
    const [error = '', hint] = endOf(stderr)
    const done = await stored()
    expect([exitCode, hint]).toEqual([5, expect.stringContaining('Who may do it can go on: pm domain check ')])
    expect(error).toContain(`${done} of ${(await job()).items} were changed and stay so`)
    expect(await ask(database, 'select permission from pm.refusals')).toEqual([{permission: 'domain.write'}])
  })

  test('changes the records of some meanwhile: they are left alone, told of and kept in a file to be fed back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pm-rejects-'))
    const rejects = join(folder, 'rejects.csv')
    const {ended} = check([...slowly, '--rejects', rejects])
    await until(5)
    const touched = await ask<{domain: string}>(
      database,
      `update domains set dns_records = '{"records": []}' where id in
         (select id from domains where domain like 'bulk%' and dns_verification_attempts = 0 order by id desc limit 2) returning domain`,
    )
    const {exitCode, stderr} = await ended
    const names = touched.map(({domain}) => domain).sort()
    const told = stderr.split('\n').filter((line) => line.startsWith('! '))
    expect([exitCode, told.length]).toEqual([10, 2])
    for (const name of names) expect(told.join()).toContain(name)
    const [header, ...rows] = readFileSync(rejects, 'utf8').trimEnd().split('\n')
    expect([header, rows.map((row) => row.split(',')[2]).sort()]).toEqual(['row,line,target,outcome,reason', names])
    expect(await attempts()).toEqual([
      {attempts: 0, domains: 2},
      {attempts: 1, domains: count - 2},
    ])
    expect(await job()).toMatchObject({standing: 'finished', changed: count - 2, skipped: 2})
    const again = ['domain', 'check', '--from-file', rejects, '-o', 'name']
    expect((await startPm(again, env()).ended).stdout.trimEnd().split('\n').sort()).toEqual(names)
    rmSync(folder, {recursive: true})
  })

  test('checks the same domains at the same time: each outcome is stored once or told of as not', async () => {
    const ends = await Promise.all([check(slowly).ended, check(slowly).ended])
    expect(ends.map(({exitCode}) => exitCode)).toEqual([10, 10])
    const [one, two] = [await job(1), await job(2)]
    const rows = await attempts()
    const total = rows.reduce((sum, row) => sum + row.attempts * row.domains, 0)
    const all = ({changed, skipped, already}: {changed: number; skipped: number; already: number}) =>
      changed + skipped + already
    expect([total, all(one), all(two)]).toEqual([one.changed + two.changed, count, count])
  })
})

test('Ctrl-C twice while the server stays away: exit 130, and what was stored stands', async () => {
  const proxy = await startProxy(inject('postgresPort'), () => 'deliver')
  const {process, ended} = check(slowly, {port: proxy.port})
  await until(5)
  proxy.refuse()
  proxy.cut()
  await wait(500)
  process.kill('SIGINT')
  await wait(200)
  process.kill('SIGINT')
  const {exitCode, stderr} = await ended
  await proxy.stop()
  expect([exitCode, endOf(stderr)[1]]).toEqual([130, expect.stringContaining('Go on: pm domain check ')])
  await attempts()
  expect(await pm('job', 'resume', '1')).toBe(8)
  expect(await job()).toMatchObject({standing: 'finished', left: 0, changed: await stored()})
})
