import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterAll, afterEach, beforeEach, describe, expect, inject, it} from 'vitest'
import {openServer} from '../../../src/db/server.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {emptyDatabase, freshDatabase, type TestDatabase} from '../../support/database.ts'
import {run} from '../../support/run.ts'
import {tapServer} from '../../support/tapped-server.ts'

const nora = 'nora@penguinmails.example'
const alice = 'alice@acme.example'

let database: TestDatabase
// Logins belong to the whole server: each test has names of its own.
const roles: string[] = []

beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())
afterAll(async () => {
  const server = await freshDatabase()
  // Who was let in by another goes first.
  for (const role of roles.reverse()) await sql`drop role if exists ${sql.id(role)}`.execute(server.owner.db)
  await server.drop()
})

function newName(): string {
  const name = `op_${randomBytes(5).toString('hex')}`
  roles.push(name)
  return name
}

function enroll(by: string, ...argv: string[]) {
  return run({env: {DATABASE_URL: database.url(by)}}, ['staff', 'enroll', ...argv])
}

async function ask<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(database.owner.db)).rows
}

/** Makes a login, or a group, as a database administrator would. */
async function makeRole(options: string): Promise<string> {
  const name = newName()
  await ask(sql.raw(`create role ${name} ${options}`))
  return name
}

/** What the database knows of a login: its role there, and whose it is. */
async function stateOf(login: string) {
  const found = await ask(sql<{can_log_in: boolean; is_operator: boolean}>`
    select rolcanlogin as can_log_in, pg_has_role(oid, 'pm_operator', 'usage') as is_operator
    from pg_roles where rolname = ${login}`)
  const mapped = await ask(sql<{email: string; disabled: boolean}>`
    select u.email, l.disabled is not null as disabled
    from pm.operator_logins l join users u on u.id = l.user_id where l.login = ${login}`)
  return {role: found[0], mapping: mapped[0]}
}

async function roleOf(email: string): Promise<string | undefined> {
  const rows = await ask(sql<{role: string}>`select r.name as role from staff_members m
    join staff_roles r on r.id = m.role_id join users u on u.id = m.user_id where u.email = ${email}`)
  return rows[0]?.role
}

async function changes() {
  return ask(sql<{command: string; permission: string; login: string; targets: string[]; images: string[]}>`
    select command, permission, login, targets,
      array(select i.op || ' ' || i.table_name from pm.row_images i where i.change_id = c.id order by i.id) as images
    from pm.changes c order by id`)
}

/** Nothing of the login, no change. */
async function expectNothingDone(login: string): Promise<void> {
  expect(await stateOf(login)).toEqual({role: undefined, mapping: undefined})
  expect(await changes()).toEqual([])
}

describe('pm staff enroll', () => {
  it('makes a login a user’s, and they can operate', async () => {
    const login = await makeRole('login in role pm_operator')
    const {stdout, stderr, exitCode} = await enroll('op_admin', nora, '--login', login, '--yes', '-o', 'json')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Enroll Nora Night <${nora}> with the login ${login}.

STEP    WHAT
enroll  ${login} is Nora Night <${nora}>
`)
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [`login:${login}`, `staff:${nora}`],
      effects: [{step: 'enroll', login, what: `${login} is Nora Night <${nora}>`}],
      warnings: [],
    })
    expect(await stateOf(login)).toEqual({
      role: {can_log_in: true, is_operator: true},
      mapping: {email: nora, disabled: false},
    })
    expect(await changes()).toEqual([
      {
        command: `pm staff enroll ${nora} --login ${login} --yes -o json`,
        permission: 'staff.write',
        login: 'op_admin',
        targets: [`login:${login}`, `staff:${nora}`],
        images: ['insert pm.operator_logins'],
      },
    ])
    const who = await run({env: {DATABASE_URL: database.url(login)}}, ['whoami', '-o', 'json', '--fields', 'name,role'])
    expect(JSON.parse(who.stdout)).toEqual({name: 'Nora Night', role: 'operations'})
  })

  it('creates the login and adds the user to the staff, all in one change', async () => {
    const login = newName()
    const {stderr, exitCode} = await enroll(
      'op_admin',
      alice,
      '--login',
      login,
      '--create-login',
      '--role',
      'viewer',
      '--yes',
    )
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`
STEP          WHAT
create login  ${login}, in the group pm_operator, without a password
enroll        ${login} is Alice Archer <${alice}>
add to staff  Alice Archer <${alice}> as viewer

! ${login} will have no password: it can log in only where the server asks for none.
`)
    expect(await stateOf(login)).toEqual({
      role: {can_log_in: true, is_operator: true},
      mapping: {email: alice, disabled: false},
    })
    expect(await roleOf(alice)).toBe('viewer')
    expect((await changes()).map(({images}) => images)).toEqual([
      ['insert pm.operator_logins', 'insert public.staff_members'],
    ])
  })

  it('lets a login into the group of operators that is not in it', async () => {
    const login = await makeRole('login')
    const {stderr, exitCode} = await enroll('op_admin', nora, '--login', login, '--yes')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`let in  ${login}, into the group pm_operator\n`)
    expect((await stateOf(login)).role).toEqual({can_log_in: true, is_operator: true})
  })

  it('creates a login of any name', async () => {
    const login = `o"brien; drop '${newName()}`
    roles.push(login)
    expect(await enroll('op_admin', nora, '--login', login, '--create-login', '--yes')).toMatchObject({exitCode: 0})
    expect((await stateOf(login)).mapping).toEqual({email: nora, disabled: false})
  })

  it('warns about a user who may do nothing, and lets them know later', async () => {
    const login = newName()
    const {stderr, exitCode} = await enroll('op_admin', alice, '--login', login, '--create-login', '--yes')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(
      `! Alice Archer <${alice}> is not on the staff, and may do nothing until that changes: --role ROLE.\n`,
    )
    expect(await run({env: {DATABASE_URL: database.url(login)}}, ['whoami'])).toMatchObject({exitCode: 4})
  })

  it('enrolls a revoked login again', async () => {
    await ask(sql`update pm.operator_logins set disabled = now() where login = 'op_support'`)
    const {stderr, exitCode} = await enroll(
      'op_admin',
      'sue@penguinmails.example',
      '--login',
      'op_support',
      '--role',
      'support',
      '--yes',
    )
    expect(exitCode).toBe(0)
    expect(stderr).toContain('enroll again  op_support is Sue Support <sue@penguinmails.example>\n')
    expect((await stateOf('op_support')).mapping).toEqual({email: 'sue@penguinmails.example', disabled: false})
    expect((await changes()).map(({images}) => images)).toEqual([['update pm.operator_logins']])
  })

  it('has nothing to do for a login that is enrolled', async () => {
    const {stderr, exitCode} = await enroll('op_admin', 'sue@penguinmails.example', '--login', 'op_support')
    expect({exitCode, last: stderr.trim().split('\n').at(-1)}).toEqual({exitCode: 0, last: 'Nothing to do.'})
    expect(await changes()).toEqual([])
  })

  it('can be undone: the login is nobody’s again, and stays in the database', async () => {
    const login = newName()
    await enroll('op_admin', alice, '--login', login, '--create-login', '--role', 'viewer', '--yes')
    const [change] = await ask(sql<{id: number}>`select max(id) as id from pm.changes`)
    const undo = ['audit', 'undo', `${change?.id}`, '--yes']
    expect(await run({env: {DATABASE_URL: database.url('op_admin')}}, undo)).toMatchObject({exitCode: 0})
    expect(await stateOf(login)).toEqual({role: {can_log_in: true, is_operator: true}, mapping: undefined})
    expect(await roleOf(alice)).toBeUndefined()
    const {stderr, exitCode} = await run({env: {DATABASE_URL: database.url(login)}}, ['whoami'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain(`The login ${login} is not enrolled.`)
  })
})

describe('the password of a new login', () => {
  it('reaches the server as a verifier only', async () => {
    const login = newName()
    const password = 'correct horse battery staple'
    const tap = await tapServer(inject('postgresPort'))
    const url = database.url('op_admin').replace(`:${inject('postgresPort')}/`, `:${tap.port}/`)
    const argv = ['staff', 'enroll', nora, '--login', login, '--create-login', '--password-stdin', '--yes']
    const {stdout, stderr, exitCode} = await run({env: {DATABASE_URL: url}, stdin: `${password}\n`}, argv)
    tap.close()
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`create login  ${login}, in the group pm_operator, with the password from stdin\n`)
    const [stored] = await ask(sql<{v: string}>`select rolpassword as v from pg_authid where rolname = ${login}`)
    expect(stored?.v).toMatch(/^SCRAM-SHA-256\$4096:/)
    expect(tap.said()).toContain(stored?.v)
    expect(tap.said() + stdout + stderr).not.toContain(password)
  })

  it.each([
    ['short', 'The password has fewer than 8 characters.'],
    ['geheimnisträger', 'The password has other characters than those of ASCII.'],
    ['', 'There is no password on stdin.'],
    ['two lines\nof it\n', 'There is more than a password on stdin.'],
  ])('is refused when it is “%s”', async (stdin, message) => {
    const login = newName()
    const argv = ['staff', 'enroll', nora, '--login', login, '--create-login', '--password-stdin', '--yes']
    const {stderr, exitCode} = await run({env: {DATABASE_URL: database.url('op_admin')}, stdin}, argv)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
    await expectNothingDone(login)
  })

  it('is only for a login that is created', async () => {
    const login = await makeRole('login in role pm_operator')
    expect(await enroll('op_admin', nora, '--login', login, '--password-stdin')).toMatchObject({exitCode: 2})
  })
})

describe('pm staff enroll asks for consent', () => {
  it('and off a terminal says how to give it', async () => {
    const login = newName()
    const {stderr, exitCode} = await enroll('op_admin', nora, '--login', login, '--create-login')
    expect(exitCode).toBe(7)
    expect(stderr).toContain(`To consent: pm staff enroll ${nora} --login ${login} --create-login --yes`)
    await expectNothingDone(login)
  })

  it('not for a dry run, which changes nothing', async () => {
    const login = newName()
    const {exitCode} = await enroll('op_admin', nora, '--login', login, '--create-login', '--dry-run')
    expect(exitCode).toBe(9)
    await expectNothingDone(login)
  })

  it('by the login’s name in production', async () => {
    const login = newName()
    const env = {DATABASE_URL: database.url('op_admin'), PM_KIND: 'production'}
    const argv = ['staff', 'enroll', nora, '--login', login, '--create-login', '--write', '--reason', 'night shift']
    expect(await run({env}, [...argv, '--yes'])).toMatchObject({exitCode: 7})
    await expectNothingDone(login)
    expect(await run({env}, [...argv, '--confirm', login])).toMatchObject({exitCode: 0})
    expect((await stateOf(login)).mapping).toEqual({email: nora, disabled: false})
  })
})

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
    expect(await refused('op_admin', nora, '--login', 'op_admin')).toEqual(oneself)
    expect(await refused('postgres', nora, '--login', 'postgres')).toEqual(oneself)
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
    const superuser = await makeRole('login superuser')
    const bypass = await makeRole('login bypassrls in role pm_operator')
    const owner = await makeRole('login in role pm_operator')
    await ask(sql`alter database ${sql.id(database.server('postgres').database)} owner to ${sql.id(owner)}`)
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
    await ask(sql`alter database ${sql.id(database.server('postgres').database)} owner to postgres`)
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

  it('an enrolled login that the database has shut out', async () => {
    const login = await makeRole('login in role pm_operator')
    await enroll('op_admin', nora, '--login', login, '--yes')
    await ask(sql`revoke pm_operator from ${sql.id(login)}`)
    expect(await refused('op_admin', nora, '--login', login)).toMatchObject({
      exitCode: 6,
      error: `${login} is enrolled already, but the database does not let it in.`,
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
    const url = ['--url', database.url('op_admin'), '--declared-email', 'ada@penguinmails.example']
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

describe('pm staff enroll in the sandbox', () => {
  it('makes a login that the sandbox can be used as', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pm-enroll-'))
    const argv = ['staff', 'enroll', nora, '--login', 'op_nora', '--create-login', '--yes']
    expect(await run({home}, argv)).toMatchObject({exitCode: 0})
    const env = {PM_SANDBOX_LOGIN: 'op_nora'}
    const {stdout} = await run({home, env}, ['whoami', '-o', 'json', '--fields', 'login,name,role,enforced_by'])
    rmSync(home, {recursive: true, force: true})
    expect(JSON.parse(stdout)).toEqual({
      login: 'op_nora',
      name: 'Nora Night',
      role: 'operations',
      enforced_by: 'database',
    })
  })
})

describe('the first operator', () => {
  // As after `pm db setup` on a new platform where somebody has signed up.
  async function newPlatform(owner: string): Promise<TestDatabase> {
    const platform = await emptyDatabase()
    await sql`alter database ${sql.id(platform.server('postgres').database)} owner to ${sql.id(owner)}`.execute(
      platform.owner.db,
    )
    const connection = openServer(platform.server(owner), 'pm test')
    await setUp(connection.db, {kind: 'session'})
    await connection.db
      .insertInto('users')
      .values({id: '00000000-0000-4000-8000-000000000001', email: 'first@penguinmails.example', name: 'First Admin'})
      .execute()
    await connection.close()
    return platform
  }

  async function expectBootstrapped(platform: TestDatabase, owner: string): Promise<void> {
    const login = newName()
    const argv = ['first@penguinmails.example', '--login', login, '--create-login', '--role', 'admin', '--yes']
    const world = (by: string) => ({env: {DATABASE_URL: platform.url(by)}})
    const {stderr, exitCode} = await run(world(owner), ['staff', 'enroll', ...argv])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0, stderr: expect.stringContaining(`as ${owner} (owner)`)})
    const who = await run(world(login), ['whoami', '-o', 'json', '--fields', 'login,name,role,enforced_by'])
    expect(JSON.parse(who.stdout)).toEqual({login, name: 'First Admin', role: 'admin', enforced_by: 'database'})
    expect(await run(world(login), ['can', 'tenant.delete', '-q'])).toMatchObject({exitCode: 0})
    const audit = await run(world(login), ['audit', 'list', '-o', 'json', '--fields', 'by,role'])
    expect(JSON.parse(audit.stdout)).toEqual([{by: owner, role: 'owner'}])
  }

  it('is enrolled by a superuser', async () => {
    const platform = await newPlatform('postgres')
    await expectBootstrapped(platform, 'postgres')
    await platform.drop()
  })

  it('is enrolled by an owner who is no superuser', async () => {
    const owner = await makeRole('login createrole')
    // What PostgreSQL gives to whoever makes a role; on this server another database's owner has made them.
    await ask(sql.raw(`grant pm_guard, pm_operator to ${owner} with admin true, inherit false, set false`))
    const platform = await newPlatform(owner)
    await expectBootstrapped(platform, owner)
    await platform.drop()
  })
})
