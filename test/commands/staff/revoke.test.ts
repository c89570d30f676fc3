import {sql} from 'kysely'
import pg from 'pg'
import {describe, expect, inject, it} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {bash} from '../../support/process.ts'
import {type Fate, startProxy} from '../../support/proxy.ts'
import {run} from '../../support/run.ts'
import {atOnce} from './at-once.ts'
import {alice, ask, changes, enroll, here, makeRole, newName, nora, stateOf, useDatabases} from './enrolling.ts'

useDatabases()

function pm(by: string, ...argv: string[]) {
  return run({env: {DATABASE_URL: here().url(by)}}, ['staff', ...argv])
}

/** Makes a login that op_admin may do everything about, as one that pm created and an administrator gave them. */
async function enrolled(options = 'login', email = nora): Promise<string> {
  const login = await makeRole(options)
  await ask(sql.raw(`grant ${login} to op_admin with admin option`))
  expect(await enroll('op_admin', email, '--login', login, '--yes')).toMatchObject({exitCode: 0})
  return login
}

/** A session that stays open as a pool's would, and whether the server ended it. */
async function openAs(login: string, database = here()) {
  const client = new pg.Client({connectionString: database.url(login)})
  const lost = new Promise<string>((resolve) => client.on('error', (error) => resolve(error.message)))
  await client.connect()
  return {client, lost}
}

/** As if this role had set pm up. */
async function lendRightsOf(role: string): Promise<void> {
  await ask(sql.raw(`grant usage on schema pm to ${role}`))
  await ask(sql.raw(`grant select on pm.operator_logins to ${role}`))
  await ask(sql.raw(`grant execute on function pm.has_permission(text) to ${role}`))
  await ask(sql.raw(`alter function pm.shut_out(text, text) owner to ${role}`))
}

const sessionsOf = (login: string) => ask(sql`select from pg_stat_activity where usename = ${login}`)

describe('pm staff revoke', () => {
  it('disables the login, shuts it out of the server, and ends every session of it', async () => {
    const login = await enrolled()
    const elsewhere = await freshDatabase()
    const [idle, busy, other] = [await openAs(login), await openAs(login), await openAs(login, elsewhere)]
    await busy.client.query('begin')
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes', '--reason', 'laptop stolen')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr.split('\n').slice(2).join('\n')).toBe(`Revoke the login ${login} of Nora Night <${nora}>.

STEP          WHAT
disable       ${login}, from its next statement on
shut out      ${login}, from the group pm_operator
no login      ${login} may not log in any more
end sessions  3 sessions now, in all databases of the server

! An undo alone does not let a login in again: pm staff enroll ${nora} --login ${login} does.

Done: change 2. To undo it: pm audit undo 2
Ended 3 sessions of ${login}; none is left.
`)
    for (const {lost} of [idle, busy, other]) expect(await lost).toMatch(/terminating connection|terminated/)
    expect(await sessionsOf(login)).toEqual([])
    expect(await stateOf(login)).toEqual({
      role: {can_log_in: false, is_operator: false},
      mapping: {email: nora, disabled: true},
    })
    expect((await changes()).at(-1)).toEqual({
      command: `pm staff revoke ${nora} --yes --reason 'laptop stolen'`,
      permission: 'staff.write',
      login: 'op_admin',
      targets: [`login:${login}`, `staff:${nora}`],
      images: ['update pm.operator_logins'],
    })
    await elsewhere.drop()
  })

  it('ends the sessions of a login that pm created, on loan of its rights, of which nothing stays', async () => {
    const login = newName()
    await enroll('op_admin', nora, '--login', login, '--create-login', '--yes')
    const memberships = sql`select m.roleid::regrole::text as role, m.grantor::regrole::text as by, m.admin_option, m.inherit_option
      from pg_auth_members m where m.member = 'op_admin'::regrole and m.roleid = ${login}::regrole`
    const before = await ask(memberships)
    expect(before).toMatchObject([{admin_option: true, inherit_option: false}])
    const {lost} = await openAs(login)
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`Ended 1 session of ${login}; none is left.\n`)
    expect(await lost).toMatch(/terminat/)
    expect(await ask(memberships)).toEqual(before)
    expect(await stateOf(login)).toMatchObject({role: {can_log_in: false, is_operator: false}})
  })

  it('stands although what comes after it fails, and says so', async () => {
    const login = await enrolled()
    const {client} = await openAs(login)
    const proxy = await startProxy(
      inject('postgresPort'),
      ({from, data}): Fate =>
        from === 'client' && data.includes('pg_terminate_backend(pid)') ? 'cut before' : 'deliver',
    )
    const world = {env: {DATABASE_URL: here().url('op_admin', proxy.port)}}
    const {stderr, exitCode} = await run(world, ['staff', 'revoke', nora, '--yes'])
    await proxy.stop()
    expect({exitCode, stderr}).toMatchObject({exitCode: 8})
    expect(stderr).toContain('Done: change 2.')
    expect(
      stderr,
    ).toContain(`Error: ${login} may do nothing with pm any more, but whether sessions of it are left is unknown.
A database administrator runs: select pg_terminate_backend(pid) from pg_stat_activity where usename = '${login}'`)
    expect(await stateOf(login)).toMatchObject({role: {can_log_in: false}, mapping: {disabled: true}})
    await client.end()
  })

  it.each(['| true', '> /dev/full'])('ends the sessions although its outcome goes nowhere: %s', async (where) => {
    const login = await enrolled()
    const {lost} = await openAs(login)
    const env = {DATABASE_URL: here().url('op_admin')}
    const {stderr} = await bash(`pm staff revoke ${nora} --yes -o json ${where}`, {env})
    expect(stderr).toContain(`Ended 1 session of ${login}; none is left.\n`)
    expect(await lost).toMatch(/terminat/)
  })

  it('does nothing at all when the login was revoked meanwhile', async () => {
    const login = await enrolled()
    const meanwhile = `update pm.operator_logins set disabled = '2037-01-02' where login = '${login}'`
    const [ran] = await atOnce(here(), [() => pm('op_admin', 'revoke', nora, '--yes')], meanwhile)
    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran?.stderr).toContain(`Changed since it was planned: login ${login}. Nothing was changed.`)
    expect((await stateOf(login)).role).toEqual({can_log_in: true, is_operator: true})
  })

  it('leaves sessions alone until the change is committed, and when it is only a dry run', async () => {
    const login = await enrolled()
    const {client} = await openAs(login)
    expect(await pm('op_admin', 'revoke', nora, '--dry-run')).toMatchObject({exitCode: 9})
    expect(await pm('op_admin', 'revoke', nora)).toMatchObject({exitCode: 7})
    expect((await client.query('select role from pm.operator()')).rows).toEqual([{role: 'operations'}])
    expect((await stateOf(login)).mapping).toEqual({email: nora, disabled: false})
    await client.end()
  })

  it('names a login of any characters, in its SQL too', async () => {
    const login = await enrolled()
    const odd = `${login}"o'brien`
    await ask(sql`alter role ${sql.id(login)} rename to ${sql.id(odd)}`)
    await ask(sql`update pm.operator_logins set login = ${odd} where login = ${login}`)
    const {stderr, exitCode} = await pm('op_admin', 'revoke', '--login', odd, '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect((await stateOf(odd)).role).toEqual({can_log_in: false, is_operator: false})
    await ask(sql`alter role ${sql.id(odd)} rename to ${sql.id(login)}`)
  })

  it('has nothing to do for a login that is shut out already, and ends what opened since', async () => {
    const login = await enrolled()
    await pm('op_admin', 'revoke', nora, '--yes')
    const again = await pm('op_admin', 'revoke', nora, '--yes')
    expect({...again, stderr: again.stderr.trim().split('\n').at(-1)}).toMatchObject({
      exitCode: 0,
      stderr: 'Nothing to do.',
    })
    await ask(sql.raw(`alter role ${login} login`))
    const {lost} = await openAs(login)
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Ended 1 session of ${login}; none is left.`)
    expect(await lost).toMatch(/terminat/)
  })

  it('lets the login back in by enrolling it again, also after an undo, which alone does not', async () => {
    const login = await enrolled()
    await pm('op_admin', 'revoke', nora, '--yes')
    const undone = await run({env: {DATABASE_URL: here().url('op_admin')}}, ['audit', 'undo', '2', '--yes'])
    expect(undone).toMatchObject({exitCode: 0})
    expect(await stateOf(login)).toEqual({
      role: {can_log_in: false, is_operator: false},
      mapping: {email: nora, disabled: false},
    })
    const {stderr, exitCode} = await enroll('op_admin', nora, '--login', login, '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`
STEP          WHAT
let in        ${login}, into the group pm_operator
allow login   ${login} may log in again
enroll again  ${login} is Nora Night <${nora}>
`)
    expect(await run({env: {DATABASE_URL: here().url(login)}}, ['whoami'])).toMatchObject({exitCode: 0})
  })

  it('does by the rights of whoever set pm up what the operator’s own login may not', async () => {
    const login = await makeRole('login in role pm_operator')
    await enroll('op_admin', nora, '--login', login, '--yes')
    const {lost} = await openAs(login)
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`
disable       ${login}, from its next statement on
shut out      ${login}, from the group pm_operator
no login      ${login} may not log in any more
end sessions  1 session now, in all databases of the server

! An undo alone does not let a login in again; for that, a database administrator also runs: grant pm_operator to "${login}"; alter role "${login}" login

Done: change 2. To undo it: pm audit undo 2
Ended 1 session of ${login}; none is left.
`)
    expect(await lost).toMatch(/terminat/)
    expect(await stateOf(login)).toEqual({
      role: {can_log_in: false, is_operator: false},
      mapping: {email: nora, disabled: true},
    })
  })

  it('does so too where that is no superuser, for the logins that they made', async () => {
    const owner = await makeRole('createrole')
    const login = newName()
    await lendRightsOf(owner)
    await ask(sql.raw(`grant pm_operator to ${owner} with admin option, inherit false`))
    await here()
      .owner.db.transaction()
      .execute(async (trx) => {
        await sql.raw(`set local role ${owner}`).execute(trx)
        await sql.raw(`create role ${login} login in role pm_operator`).execute(trx)
      })
    await enroll('op_admin', nora, '--login', login, '--yes')
    const {lost} = await openAs(login)
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`Ended 1 session of ${login}; none is left.\n`)
    expect(await lost).toMatch(/terminat/)
    expect(await stateOf(login)).toMatchObject({role: {can_log_in: false, is_operator: false}})
  })

  it('lends those rights for nothing but the revoked login of an operator', async () => {
    const [login, app, boss] = [newName(), await makeRole('login'), await makeRole('login superuser')]
    await enroll('op_admin', nora, '--login', login, '--create-login', '--yes')
    const map = (name: string, email: string) =>
      ask(
        sql`insert into pm.operator_logins (login, user_id, disabled) select ${name}, id, now() from users where email = ${email}`,
      )
    await map(app, alice)
    await map(boss, 'bob@acme.example')
    const {client} = await openAs('op_admin')
    const steps = ['no login', 'shut out', 'end sessions']
    for (const name of [login, app, boss, 'op_viewer', 'op_admin', 'nobody'])
      for (const step of steps)
        await expect(client.query('select pm.shut_out($1, $2)', [name, step])).rejects.toMatchObject({
          code: '42501',
          message: `${name} is no revoked login of an operator`,
        })
    await client.end()
    await ask(sql`update pm.operator_logins set disabled = now() where login = ${login}`)
    const {client: support} = await openAs('op_support')
    await expect(support.query('select pm.shut_out($1, $2)', [login, 'no login'])).rejects.toMatchObject({
      code: '42501',
      message: 'operator op_support lacks the permission staff.write',
    })
    await support.end()
    expect((await stateOf(login)).role).toEqual({can_log_in: true, is_operator: true})
  })

  it('says with the SQL what the operator’s own login may not do, and exits 8', async () => {
    const login = await makeRole('login in role pm_operator')
    await lendRightsOf(await makeRole('nologin'))
    await enroll('op_admin', nora, '--login', login, '--yes')
    const {client} = await openAs(login)
    const {stdout, stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes', '-o', 'json')
    const rest = [
      `revoke pm_operator from "${login}" granted by "postgres"`,
      `alter role "${login}" nologin`,
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${login}'`,
    ]
    for (const [what, statement] of [
      ['take it out of pm_operator', rest[0]],
      ['forbid it to log in', rest[1]],
      ['end its sessions', rest[2]],
    ])
      expect(stderr).toContain(`! Your login op_admin may not ${what}. A database administrator runs: ${statement}\n`)
    expect(exitCode).toBe(8)
    expect(JSON.parse(stdout)).toMatchObject({change: 2, effects: [{step: 'disable', target: login}]})
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toEqual({
      error: {
        code: 'partly_done',
        message: `${login} may do nothing with pm any more, but 1 session of it is left.`,
        hint: `A database administrator runs: ${rest.join('; ')}`,
        details: {login, sessions: 1, sql: rest},
      },
    })
    expect((await client.query('select disabled from pm.operator()')).rows).toEqual([{disabled: true}])
    // The administrator runs it, and then it is done.
    const gone = new Promise((resolve) => client.on('error', resolve))
    for (const statement of rest) await ask(sql.raw(statement))
    await gone
    expect(await stateOf(login)).toMatchObject({role: {can_log_in: false, is_operator: false}})
  })

  it('keeps whom the login let in', async () => {
    const login = await enrolled('login createrole')
    await ask(sql.raw(`grant pm_operator to ${login} with admin option granted by op_admin`))
    const friend = await makeRole('login')
    await ask(sql.raw(`grant pm_operator to ${friend} granted by ${login}`))
    const {stderr, exitCode} = await pm('op_admin', 'revoke', nora, '--yes')
    const revoking = `grant pm_operator to "${friend}"; revoke pm_operator from "${login}" granted by "op_admin" cascade`
    expect(exitCode).toBe(8)
    expect(stderr).toContain(`A database administrator runs: ${revoking}\n`)
    expect((await stateOf(friend)).role).toEqual({can_log_in: true, is_operator: true})
    for (const statement of revoking.split('; ')) await ask(sql.raw(statement))
    expect((await stateOf(login)).role?.is_operator).toBe(false)
    expect((await stateOf(friend)).role?.is_operator).toBe(true)
  })

  it('disables a login that the server does not have any more', async () => {
    await ask(
      sql`insert into pm.operator_logins (login, user_id) select 'op_gone', id from users where email = ${nora}`,
    )
    const {stderr, exitCode} = await pm('op_admin', 'revoke', '--login', 'op_gone', '--yes')
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('! The server has no such login any more: op_gone.')
    expect(stderr).toContain('op_gone has no session.\n')
  })

  it.each([
    [['revoke', 'ada@penguinmails.example'], 5, 'Nobody enrolls or revokes themselves.'],
    [['revoke', '--login', 'op_admin'], 5, 'Nobody enrolls or revokes themselves.'],
    [['revoke', nora], 3, `Nora Night <${nora}> has no login.`],
    [['revoke', '--login', 'op_nobody'], 3, 'The login op_nobody is nobody’s.'],
    [['revoke', 'alice@acme.example'], 3, 'is not on the staff.'],
    [['revoke', nora, '--login', 'op_nora'], 2, 'both say whose login it is.'],
    [['revoke'], 2, 'Which person?'],
    [['remove', 'ada@penguinmails.example'], 5, 'Nobody changes their own place on the staff.'],
    [['remove', 'alice@acme.example'], 3, 'is not on the staff.'],
  ])('pm staff %j exits %i', async (argv, code, words) => {
    const {exitCode, stdout, stderr} = await pm('op_admin', ...argv, '--yes')
    expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
    expect(stderr).toContain(words)
    expect(await changes()).toEqual([])
  })

  it.each([
    ['revoke', '--yes'],
    ['remove', '--confirm=ada@penguinmails.example'],
  ])('keeps the last admin: pm staff %s', async (verb, consent) => {
    const {exitCode, stderr} = await pm('postgres', verb, 'ada@penguinmails.example', consent)
    expect(exitCode).toBe(6)
    expect(stderr).toContain('ada@penguinmails.example is the last admin with a login.')
    expect(await changes()).toEqual([])
  })
})

describe('pm staff remove', () => {
  it('takes somebody off the staff and their login away, in one change that an undo puts back', async () => {
    const login = await enrolled()
    const {lost} = await openAs(login)
    const {stderr, exitCode} = await pm('op_admin', 'remove', nora, '--confirm', nora)
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`Take Nora Night <${nora}> off the staff, and revoke the login ${login}.

STEP          WHAT
remove        Nora Night <${nora}>, who was operations
disable       ${login}, from its next statement on
`)
    expect(stderr).toContain(`Ended 1 session of ${login}; none is left.\n`)
    expect(await lost).toMatch(/terminat/)
    expect((await changes()).at(-1)).toMatchObject({
      targets: [`staff:${nora}`, `login:${login}`],
      images: ['delete public.staff_members', 'update pm.operator_logins'],
    })
    const {stdout} = await pm('op_admin', 'list', '-o', 'name')
    expect(stdout).not.toContain(nora)
    await run({env: {DATABASE_URL: here().url('op_admin')}}, ['audit', 'undo', '2', '--yes'])
    const back = await pm('op_admin', 'show', nora, '--json', '--fields', 'role,login,revoked')
    expect(JSON.parse(back.stdout)).toEqual({role: 'operations', login, revoked: null})
  })
})
