import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import pg from 'pg'
import {afterEach, beforeEach, describe, expect, inject, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {startPm} from '../../support/process.ts'
import {type Fate, startProxy} from '../../support/proxy.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {useOwnLogins} from './own-logins.ts'

const [sam, sue, vic] = ['sam@penguinmails.example', 'sue@penguinmails.example', 'vic@penguinmails.example']
const list = `${sam}\n${sue}\n`
const logins = useOwnLogins()

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'pm-revoke-'))
})
afterEach(async () => {
  rmSync(folder, {recursive: true})
  await database.drop()
})

const pm = (argv: readonly string[], stdin = '', login = 'op_admin') => run(as(database, login, {stdin}), argv)
const staff = (argv: readonly string[], stdin = list, login?: string) => pm(['staff', ...argv], stdin, login)

/** Of logins, in that order: whether each may log in, is let in, and is somebody's. */
async function doorsOf(names: readonly string[]) {
  const found = await ask<{name: string; open: string}>(
    database,
    `select rolname as name, concat_ws(' ', case when rolcanlogin then 'logs in' end,
       case when pg_has_role(rolname, 'pm_operator', 'member') then 'let in' end,
       case when exists (select from pm.operator_logins where login = rolname and disabled is null) then 'enabled' end
     ) as open from pg_roles where rolname = any ('{${names.join(',')}}')`,
  )
  return names.map((name) => found.find((role) => role.name === name)?.open)
}
const wideOpen = 'logs in let in enabled'

async function onStaff(...emails: string[]): Promise<string[]> {
  const rows = await ask<{email: string}>(
    database,
    `select u.email from staff_members m join users u on u.id = m.user_id
     where u.email = any ('{${emails.join(',')}}') order by 1`,
  )
  return rows.map(({email}) => email)
}

/** A session that stays open as a pool's would, and what the server said when it ended it. */
async function openAs(login: string) {
  const client = new pg.Client({connectionString: database.url(login)})
  const lost = new Promise<string>((resolve) => client.on('error', (error) => resolve(error.message)))
  await client.connect()
  return {client, lost}
}

/** Nobody lends the right to shut a login out any more: each must have it themselves. */
const nobodyLends = () => ask(database, 'revoke execute on function pm.shut_out(text, text) from pm_operator')

const missedOf = () =>
  ask<{who: string; outcome: string; reason: string}>(
    database,
    `select split_part(told ->> 'target', '@', 1) as who, told ->> 'outcome' as outcome, told ->> 'reason' as reason
     from pm.job_pages, unnest(missed) told order by 1`,
  )

describe('pm staff revoke of a list', () => {
  test('is a job that shuts each login out and ends its sessions', async () => {
    const theirs = await logins.give(database, sam, sue)
    const {lost} = await openAs(theirs[0] ?? '')
    const {exitCode, stderr} = await staff(['revoke', '-', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr.split('\n').slice(2).join('\n')).toBe(
      `Revoke the logins of 2 staff members.

STEP          WHAT
disable       2 logins, from the next statement on
shut out      2 logins, from the group pm_operator
no login      2 logins may not log in any more
end sessions  2 logins: all that is open, in all databases of the server

${theirs.map((login) => `~ login ${login}   disabled: null → NOW\n`).join('')}
! An undo alone does not let a login in again: pm staff enroll ${sam} --login ${theirs[0]} does.
! An undo alone does not let a login in again: pm staff enroll ${sue} --login ${theirs[1]} does.
Ended 1 session of 1 login.

Done: job 1. To undo all of it: pm audit undo 1
`.replaceAll('NOW', /disabled: null → (.*)/.exec(stderr)?.[1] ?? ''),
    )
    expect(await lost).toMatch(/terminat/)
    expect(await doorsOf(theirs)).toEqual(['', ''])
    expect(await onStaff(sam, sue)).toEqual([sam, sue])
    expect(await changesOf(database)).toMatchObject([
      {permission: 'staff.write', images: ['insert pm.jobs 1', 'update pm.operator_logins 2']},
    ])
  })

  test('tells in a dry run what it would do, as data too, and does nothing', async () => {
    const theirs = await logins.give(database, sam, sue)
    const {client} = await openAs(theirs[0] ?? '')
    const {exitCode, stdout} = await staff(['revoke', '-', '--dry-run', '-o', 'json'])
    expect({exitCode, effects: JSON.parse(stdout).effects}).toMatchObject({
      exitCode: 9,
      effects: [
        {step: 'disable', target: '2 logins'},
        {step: 'shut out', target: '2 logins'},
        {step: 'no login', target: '2 logins'},
        {step: 'end sessions', target: '2 logins'},
      ],
    })
    expect(await doorsOf(theirs)).toEqual([wideOpen, wideOpen])
    await client.query('select 1')
    await client.end()
  })

  test('of many, warns in few lines', async () => {
    const many = Array.from({length: 30}, (_, n) => `${n + 1}@new.example`)
    await ask(
      database,
      `insert into users (id, email) select gen_random_uuid(), n || '@new.example' from generate_series(1, 30) n`,
    )
    await ask(
      database,
      `insert into pm.operator_logins (login, user_id) select 'op_gone_' || id, id from users where email like '%@new.example'`,
    )
    const {exitCode, stderr} = await staff(['revoke', '-', '--yes'], many.join('\n'))
    expect({exitCode, warnings: stderr.match(/^!.*$/gm)}).toEqual({
      exitCode: 0,
      warnings: [expect.stringMatching(/^! The server has no such login any more \(30\): .* and 25 more\.$/)],
    })
    expect(
      await ask(
        database,
        `select count(*)::int as n from pm.operator_logins where login like 'op_gone_%' and disabled is not null`,
      ),
    ).toEqual([{n: 30}])
  })

  test('leaves out who is shut out already, has no login, or is nobody: exit 8', async () => {
    const [theirs = ''] = await logins.give(database, sam)
    await logins.give(database, sue)
    await staff(['revoke', sue, '--yes'])
    const {exitCode} = await staff(
      ['revoke', '-', '--yes'],
      `${sam}\n${sue}\nnora@penguinmails.example\nno@body.example\n`,
    )
    expect(exitCode).toBe(8)
    expect(await doorsOf([theirs])).toEqual([''])
    expect(await missedOf()).toMatchObject([
      {who: 'no', outcome: 'unknown'},
      {who: 'nora', outcome: 'unknown', reason: 'Nora Night <nora@penguinmails.example> has no login.'},
      {who: 'sue', outcome: 'already'},
    ])
  })

  test('is undone by its rows: that alone lets nobody in again', async () => {
    const theirs = await logins.give(database, sam, sue)
    await staff(['revoke', '-', '--confirm', '2 staff members', '--max-rows', '1'])
    expect(await pm(['audit', 'undo', '1', '--confirm', '2 staff members', '--max-rows', '1'])).toMatchObject({
      exitCode: 0,
    })
    expect(await doorsOf(theirs)).toEqual(['enabled', 'enabled'])
  })

  test('does what was saved, with all that is done besides the rows', async () => {
    const theirs = await logins.give(database, sam, sue)
    const plan = join(folder, 'plan.json')
    expect(await staff(['revoke', '-', '--save', plan])).toMatchObject({exitCode: 0})
    expect(await doorsOf(theirs)).toEqual([wideOpen, wideOpen])
    const {lost} = await openAs(theirs[1] ?? '')
    const {exitCode, stderr} = await staff(['revoke', '--apply', plan, '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('shut out      2 logins, from the group pm_operator\n')
    expect(await lost).toMatch(/terminat/)
    expect(await doorsOf(theirs)).toEqual(['', ''])
  })

  test('fails for the one that the server refuses, does the others, and does that one when it is tried again', async () => {
    const theirs = await logins.give(database, sam, sue)
    const plan = join(folder, 'plan.json')
    await staff(['revoke', '-', '--save', plan])
    await nobodyLends()
    await ask(database, `revoke ${theirs[0]} from op_admin`)
    const {exitCode, stderr} = await staff(['revoke', '--apply', plan, '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(await missedOf()).toEqual([
      {
        who: 'sam',
        outcome: 'failed',
        reason: expect.stringMatching(/^sam@.*: the database refused: permission denied/),
      },
    ])
    expect(await doorsOf(theirs)).toEqual([wideOpen, ''])
    await ask(database, `grant ${theirs[0]} to op_admin with admin option`)
    const {lost} = await openAs(theirs[0] ?? '')
    const again = await pm(['job', 'retry', '1', '--yes'])
    expect({exitCode: again.exitCode, stderr: again.stderr}).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('shut out      1 login, from the group pm_operator\n'),
    })
    expect(await lost).toMatch(/terminat/)
    expect(await doorsOf(theirs)).toEqual(['', ''])
  })

  test('says what sessions are left, with the SQL for them, exits 8, and ends them when it is resumed', async () => {
    const theirs = await logins.give(database, sam, sue)
    await nobodyLends()
    await ask(database, `revoke ${theirs[0]} from op_admin`)
    const {client, lost} = await openAs(theirs[0] ?? '')
    const {exitCode, stderr} = await staff(['revoke', '-', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(stderr).toContain(`Error: ${theirs[0]} may do nothing with pm any more, but 1 session of it is left.
A database administrator runs: `)
    expect(stderr).toContain('   Or try again: pm job resume 1')
    expect((await pm(['job', 'list', '-o', 'json', '--fields', 'standing,changed'])).stdout).toContain('finished')
    await ask(database, `grant ${theirs[0]} to op_admin with admin option`)
    await ask(database, `alter role ${theirs[0]} nologin; revoke pm_operator from ${theirs[0]} granted by op_admin`)
    const again = await pm(['job', 'resume', '1', '--yes'])
    expect({exitCode: again.exitCode, stderr: again.stderr}).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Ended 1 session of 1 login.\n'),
    })
    expect(await lost).toMatch(/terminat/)
    await client.end().catch(() => {})
  })

  test('says both what sessions are left and who was not revoked', async () => {
    const theirs = await logins.give(database, sam, sue)
    await nobodyLends()
    await ask(database, `revoke ${theirs[0]} from op_admin`)
    const {client} = await openAs(theirs[0] ?? '')
    const {exitCode, stderr} = await staff(['revoke', '-', '--yes'], `${list}no@body.example\n`)
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(stderr).toContain(`\n! ${theirs[0]} may do nothing with pm any more, but 1 session of it is left.\n`)
    expect(stderr).toContain('\nError: 1 was not changed.\n')
    await client.end()
  })

  test('that is killed before it ended the sessions ends them when it is resumed', async () => {
    const theirs = await logins.give(database, sam, sue)
    const sessions = [await openAs(theirs[0] ?? ''), await openAs(theirs[1] ?? '')]
    const proxy = await startProxy(inject('postgresPort'), ({from, data}): Fate => {
      if (from !== 'client' || !data.includes('pg_terminate_backend(pid)')) return 'deliver'
      running.process.kill('SIGKILL')
      return 'cut before'
    })
    const env = {DATABASE_URL: database.url('op_admin', proxy.port)}
    const running = startPm(['staff', 'revoke', '-', '--yes'], {env, stdin: list})
    expect(await running.ended).toMatchObject({signal: 'SIGKILL'})
    await proxy.stop()
    expect(await doorsOf(theirs)).toEqual(['', ''])
    for (const {client} of sessions) await client.query('select 1')
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'])
    expect({exitCode, stderr}).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Ended 2 sessions of 2 logins.\n'),
    })
    for (const {lost} of sessions) expect(await lost).toMatch(/terminat/)
  })

  test('leaves the sessions of who was enrolled again alone when it is resumed', async () => {
    const theirs = await logins.give(database, sam, sue)
    await staff(['revoke', '-', '--yes'])
    await staff(['enroll', sam, '--login', theirs[0] ?? '', '--yes'])
    const {client} = await openAs(theirs[0] ?? '')
    const {exitCode, stderr} = await pm(['job', 'resume', '1', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0, stderr: expect.not.stringContaining('Ended')})
    await client.query('select 1')
    await client.end()
  })

  test('with oneself among them leaves that one out: exit 8', async () => {
    const theirs = await logins.give(database, sam, sue)
    const own = `${list}ada@penguinmails.example\n`
    expect(await staff(['revoke', '-', '--yes'], own)).toMatchObject({exitCode: 8})
    expect([await doorsOf(theirs), await doorsOf(['op_admin'])]).toEqual([['', ''], [wideOpen]])
  })

  test('of who may not is refused: exit 5', async () => {
    const theirs = await logins.give(database, sam, sue)
    expect(await staff(['revoke', '-', '--yes'], list, 'op_operations')).toMatchObject({exitCode: 5})
    expect([await doorsOf(theirs), await changesOf(database)]).toEqual([[wideOpen, wideOpen], []])
  })

  test.each([[['-']], [['--where', 'role=support']], [['--save', '/nowhere/plan.json']]])(
    'is not also of one --login: %j',
    async (argv) => {
      const {exitCode, stderr} = await staff(['revoke', '--login', 'op_sam', ...argv])
      expect({exitCode, stderr}).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('both say whose login it is.'),
      })
    },
  )
})

describe('pm staff remove of a list', () => {
  test('is a job that takes each off the staff and shuts their logins out, once their number is typed', async () => {
    const theirs = await logins.give(database, sam, sue)
    const refused = await staff(['remove', '-', '--yes'])
    expect(refused).toMatchObject({exitCode: 7, stderr: expect.stringContaining(`--confirm '2 staff members'`)})
    const {lost} = await openAs(theirs[1] ?? '')
    const {exitCode, stderr} = await staff(['remove', '-', '--confirm', '2 staff members'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`Remove 2 staff members.

STEP          WHAT
remove        2 staff members
disable       2 logins, from the next statement on
`)
    expect(await lost).toMatch(/terminat/)
    expect([await doorsOf(theirs), await onStaff(sam, sue)]).toEqual([['', ''], []])
    expect(await changesOf(database)).toMatchObject([
      {images: ['delete staff_members 2', 'insert pm.jobs 1', 'update pm.operator_logins 2']},
    ])
    expect(await pm(['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
    expect([await doorsOf(theirs), await onStaff(sam, sue)]).toEqual([
      ['enabled', 'enabled'],
      [sam, sue],
    ])
  })

  test.each(['1', '4'])('never removes the last admin, with %s workers: the others go', async (workers) => {
    const theirs = await logins.give(database, sam, sue, vic)
    const emails = [sam, sue].map((email) => `'${email}'`).join()
    await ask(
      database,
      `update staff_members set role_id = (select id from staff_roles where name = 'admin')
       where user_id in (select id from users where email in (${emails}));
       delete from staff_members where user_id = (select id from users where email = 'ada@penguinmails.example')`,
    )
    const argv = ['remove', '-', '--confirm', '3 staff members', '--workers', workers]
    const {exitCode, stderr} = await staff(argv, `${list}${vic}\n`, 'postgres')
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    const [left = ''] = await onStaff(sam, sue, vic)
    expect([sam, sue]).toContain(left)
    expect(await onStaff(sam, sue, vic)).toEqual([left])
    expect(await missedOf()).toEqual([
      {
        who: left.split('@')[0],
        outcome: 'failed',
        reason: expect.stringContaining(`${left} is the last admin with a login.`),
      },
    ])
    expect(await doorsOf(theirs)).toEqual([sam, sue, vic].map((email) => (email === left ? wideOpen : '')))
  })
})

test('in the sandbox a list is a job as well, and undone as one', async () => {
  const home = join(folder, 'home')
  const there = (...argv: string[]) => run({home, stdin: `${sue}\n`}, argv)
  const removed = await there('staff', 'remove', '-', '--confirm', '1 staff member')
  expect({exitCode: removed.exitCode, stderr: removed.stderr}).toMatchObject({exitCode: 0})
  const listed = await there('staff', 'list', '-o', 'name')
  expect(listed.stdout).not.toContain(sue)
  expect(await there('audit', 'undo', '1', '--yes')).toMatchObject({exitCode: 0})
  expect((await there('staff', 'list', '-o', 'name')).stdout).toContain(sue)
})

test('where identity is declared it takes away a login’s name, and looks for no sessions', async () => {
  const theirs = await logins.give(database, sam, sue)
  const home = join(folder, 'home')
  const where = ['--url', database.url('postgres'), '--declared-email', 'ada@penguinmails.example']
  await run({home}, ['context', 'add', 'declared', '--kind', 'development', ...where])
  const {exitCode, stderr} = await run({home, stdin: list}, ['staff', 'revoke', '-', '--yes', '-c', 'declared'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 0})
  expect(stderr.match(/^!.*$/gm)).toEqual(
    [sam, sue].map((email) => expect.stringContaining(`pm staff remove --context declared ${email}`)),
  )
  expect(await doorsOf(theirs)).toEqual(['logs in let in', 'logs in let in'])
})
