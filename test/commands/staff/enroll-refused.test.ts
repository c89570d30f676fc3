import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {describe, expect, it} from 'vitest'
import {run} from '../../support/run.ts'
import {
  alice,
  ask,
  changes,
  enroll,
  expectNothingDone,
  here,
  makeRole,
  newName,
  nora,
  useDatabases,
} from './enrolling.ts'

useDatabases()

describe('pm staff enroll refuses', () => {
  async function refused(by: string, ...argv: string[]) {
    const before = await changes()
    const {stdout, stderr, exitCode} = await enroll(by, ...argv, '--yes')
    expect(stdout).toBe('')
    expect(await changes()).toEqual(before)
    const [, error, hint] = stderr.match(/^Error: (.*)\n(.*) \(\w+, exit \d+\)\n$/m) ?? []
    return {exitCode, error, hint}
  }

  it('an operator without the permission, and remembers it', async () => {
    const login = newName()
    expect(await refused('op_operations', nora, '--login', login, '--create-login')).toEqual({
      exitCode: 5,
      error: 'Olga Operations (operations) lacks the permission staff.write.',
      hint: 'An admin can grant it: pm staff role grant operations staff.write',
    })
    await expectNothingDone(login)
    expect(await ask(sql`select login, permission from pm.refusals`)).toEqual([
      {login: 'op_operations', permission: 'staff.write'},
    ])
  })

  it('a user nobody knows, and one who was deleted', async () => {
    const unknown = {exitCode: 3, hint: 'They need an account on the platform first.'}
    expect(await refused('op_admin', 'ghost@acme.example', '--login', 'op_support')).toEqual({
      ...unknown,
      error: 'No user has the e-mail ghost@acme.example.',
    })
    await ask(sql`update users set deleted = now() where email = ${alice}`)
    expect(await refused('op_admin', alice, '--login', 'op_support')).toEqual({
      ...unknown,
      error: `No user has the e-mail ${alice}.`,
    })
  })

  it('an address that two users have', async () => {
    await ask(sql`insert into users (id, email) values (gen_random_uuid(), 'NORA@penguinmails.example')`)
    expect(await refused('op_admin', nora, '--login', newName(), '--create-login')).toMatchObject({
      exitCode: 6,
      error: `2 users have the e-mail ${nora}.`,
    })
  })

  it('a login that is not there, and creating one that is', async () => {
    expect(await refused('op_admin', nora, '--login', 'op_nobody')).toEqual({
      exitCode: 3,
      error: 'There is no login op_nobody in this database.',
      hint: 'To make it as well: --create-login',
    })
    const login = await makeRole('login in role pm_operator')
    expect(await refused('op_admin', nora, '--login', login, '--create-login')).toEqual({
      exitCode: 6,
      error: `There is a login ${login} already.`,
      hint: 'To enroll it as it is, leave out --create-login.',
    })
  })

  it('a login that is another user’s, also a revoked one', async () => {
    const hint = 'Everybody has a login of their own: give this one another name.'
    expect(await refused('op_admin', nora, '--login', 'op_support')).toEqual({
      exitCode: 6,
      error: 'The login op_support is sue@penguinmails.example’s.',
      hint,
    })
    await ask(sql`update pm.operator_logins set disabled = now() where login = 'op_support'`)
    expect(await refused('op_admin', nora, '--login', 'op_support')).toEqual({
      exitCode: 6,
      error: 'The login op_support is sue@penguinmails.example’s, and was revoked.',
      hint,
    })
  })

  it('a second login for a user', async () => {
    const login = await makeRole('login in role pm_operator')
    expect(await refused('op_admin', 'sue@penguinmails.example', '--login', login)).toEqual({
      exitCode: 6,
      error: 'Sue Support <sue@penguinmails.example> has the login op_support.',
      hint: 'Everybody has one login.',
    })
    await ask(sql`update pm.operator_logins set disabled = now() where login = 'op_support'`)
    expect(await refused('op_admin', 'sue@penguinmails.example', '--login', login)).toEqual({
      exitCode: 6,
      error: 'Sue Support <sue@penguinmails.example> has the login op_support, which was revoked.',
      hint: 'To enroll that one again: pm staff enroll sue@penguinmails.example --login op_support',
    })
  })

  it('operators who enroll themselves', async () => {
    const oneself = {
      exitCode: 5,
      error: 'Nobody enrolls themselves.',
      hint: 'Another admin can, or an owner of the database.',
    }
    expect(await refused('op_admin', 'ada@penguinmails.example', '--login', newName(), '--create-login')).toEqual(
      oneself,
    )
    const given = (login: string) => ({...oneself, error: `The login ${login} is your own: nobody gives theirs away.`})
    expect(await refused('op_admin', nora, '--login', 'op_admin')).toEqual(given('op_admin'))
    expect(await refused('postgres', nora, '--login', 'postgres')).toEqual(given('postgres'))
  })

  it('a role nobody knows, and another than the user has', async () => {
    const login = newName()
    expect(await refused('op_admin', alice, '--login', login, '--create-login', '--role', 'king')).toEqual({
      exitCode: 3,
      error: 'There is no role king.',
      hint: 'There are admin, operations, billing, support, viewer.',
    })
    expect(await refused('op_admin', nora, '--login', login, '--create-login', '--role', 'admin')).toEqual({
      exitCode: 6,
      error: `Nora Night <${nora}> is on the staff already, as operations.`,
      hint: 'Leave out --role: a change of role is a change of its own.',
    })
    await expectNothingDone(login)
  })

  it('a login that the guard could not hold', async () => {
    // Neither is in the group: roles belong to the whole server, and whoever checks another database would find them.
    const superuser = await makeRole('login superuser')
    const bypass = await makeRole('login bypassrls')
    const owner = await makeRole('login in role pm_operator')
    await ask(sql`alter database ${sql.id(here().server('postgres').database)} owner to ${sql.id(owner)}`)
    const hint = 'Enroll a login that has no other use: --login NAME --create-login'
    const so = ', so that no role of the staff could hold it.'
    for (const [login, power] of [
      [superuser, 'is a superuser'],
      [bypass, 'bypasses row-level security'],
      [owner, "owns the platform's tables"],
    ]) {
      expect(await refused('op_admin', nora, '--login', `${login}`)).toEqual({
        exitCode: 6,
        error: `${login} ${power}${so}`,
        hint,
      })
    }
    await ask(sql`alter database ${sql.id(here().server('postgres').database)} owner to postgres`)
  })

  it('a group, and a login that would not get what the group of operators may', async () => {
    const group = await makeRole('nologin')
    expect(await refused('op_admin', nora, '--login', group)).toMatchObject({
      exitCode: 6,
      error: `${group} is a group, and cannot log in.`,
    })
    const heirless = await makeRole('login noinherit')
    expect(await refused('op_admin', nora, '--login', heirless)).toEqual({
      exitCode: 6,
      error: `${heirless} does not inherit what its groups may.`,
      hint: `A database administrator changes that: alter role "${heirless}" inherit`,
    })
  })

  it('what the operator’s own login may not do, with the SQL for somebody who may', async () => {
    const weak = await makeRole('login in role pm_operator')
    await ask(sql`insert into pm.operator_logins (login, user_id)
      select ${weak}, id from users where email = ${nora}`)
    await ask(sql`update staff_members set role_id = (select id from staff_roles where name = 'admin')
      where user_id = (select id from users where email = ${nora})`)
    const login = newName()
    expect(await refused(weak, alice, '--login', login, '--create-login')).toEqual({
      exitCode: 5,
      error: `The login ${weak} may not create ${login}.`,
      hint: `A database administrator runs: create role "${login}" login in role pm_operator; and then it is enrolled without --create-login.`,
    })
    const outside = await makeRole('login')
    expect(await refused(weak, alice, '--login', outside)).toEqual({
      exitCode: 5,
      error: `The login ${weak} may not let ${outside} into pm_operator.`,
      hint: `A database administrator runs: grant pm_operator to "${outside}"; and then it is enrolled without --create-login.`,
    })
    await ask(sql.raw(`create role "${login}" login in role pm_operator`))
    expect(await enroll(weak, alice, '--login', login, '--yes')).toMatchObject({exitCode: 0})
  })

  it('a name that cannot be a login', async () => {
    expect(await refused('op_admin', nora, '--login', 'pg_nora')).toEqual({
      exitCode: 2,
      error: '“pg_nora” cannot be a login: PostgreSQL keeps that name for itself.',
      hint: 'A login is a name such as op_ada.',
    })
  })

  it('a context that declares who operates', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pm-enroll-'))
    const url = ['--url', here().url('op_admin'), '--declared-email', 'ada@penguinmails.example']
    await run({home}, ['context', 'add', 'nile', '--kind', 'staging', ...url])
    const {stderr, exitCode} = await run({home}, ['staff', 'enroll', nora, '--login', 'op_nora', '-c', 'nile'])
    rmSync(home, {recursive: true, force: true})
    expect({exitCode, stderr}).toEqual({
      exitCode: 6,
      stderr: `Error: nile declares who operates; there, no login is anybody’s.
Whoever is on the staff operates there by saying so: pm context add NAME … --declared-email EMAIL (conflict, exit 6)
`,
    })
  })

  it('one of two who enroll the same login at the same time', async () => {
    const login = newName()
    const both = await Promise.all(
      [nora, 'sam@penguinmails.example'].map((email) =>
        enroll('op_admin', email, '--login', login, '--create-login', '--yes'),
      ),
    )
    expect(both.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
    expect(await changes()).toHaveLength(1)
  })
})
