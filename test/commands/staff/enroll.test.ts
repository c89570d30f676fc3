import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {describe, expect, inject, it} from 'vitest'
import {run} from '../../support/run.ts'
import {tapServer} from '../../support/tapped-server.ts'
import {pmInTerminal} from '../../support/terminal.ts'
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
  roleOf,
  stateOf,
  useDatabases,
} from './enrolling.ts'

useDatabases()

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
    const who = await run({env: {DATABASE_URL: here().url(login)}}, ['whoami', '-o', 'json', '--fields', 'name,role'])
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
    const login = newName(`o"brien; drop '${newName()}`)
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
    expect(await run({env: {DATABASE_URL: here().url(login)}}, ['whoami'])).toMatchObject({exitCode: 4})
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

  it('lets in an enrolled login that the database has shut out', async () => {
    const login = await makeRole('login in role pm_operator')
    await enroll('op_admin', nora, '--login', login, '--yes')
    await ask(sql`revoke pm_operator from ${sql.id(login)}`)
    const {stderr, exitCode} = await enroll('op_admin', nora, '--login', login, '--yes')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`let in        ${login}, into the group pm_operator\nenroll again  ${login} is Nora Night`)
    expect((await stateOf(login)).role).toEqual({can_log_in: true, is_operator: true})
    // What changed is the server's; the record tells by whose command.
    expect((await changes()).at(-1)).toMatchObject({targets: [`login:${login}`, `staff:${nora}`], images: []})
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
    expect(await run({env: {DATABASE_URL: here().url('op_admin')}}, undo)).toMatchObject({exitCode: 0})
    expect(await stateOf(login)).toEqual({role: {can_log_in: true, is_operator: true}, mapping: undefined})
    expect(await roleOf(alice)).toBeUndefined()
    const {stderr, exitCode} = await run({env: {DATABASE_URL: here().url(login)}}, ['whoami'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain(`The login ${login} is not enrolled.`)
  })
})

describe('the password of a new login', () => {
  it('reaches the server as a verifier only', async () => {
    const login = newName()
    const password = 'correct horse battery staple'
    const tap = await tapServer(inject('postgresPort'))
    const url = here()
      .url('op_admin')
      .replace(`:${inject('postgresPort')}/`, `:${tap.port}/`)
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
    const {stderr, exitCode} = await run({env: {DATABASE_URL: here().url('op_admin')}, stdin}, argv)
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

  it('on a terminal, where it also asks for the password, unseen; declined, nothing is done', async () => {
    const login = newName()
    const argv = ['staff', 'enroll', nora, '--login', login, '--create-login', '--password-stdin']
    const terminal = pmInTerminal(argv, {env: {DATABASE_URL: here().url('op_admin')}})
    await terminal.waitFor('Password:')
    terminal.type('correct horse battery staple')
    terminal.press('enter')
    await terminal.waitFor('Go ahead? (y/N)')
    terminal.press('enter')
    expect(await terminal.ended()).toBe(130)
    expect(terminal.raw).not.toContain('correct horse')
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
    const env = {DATABASE_URL: here().url('op_admin'), PM_KIND: 'production'}
    const argv = ['staff', 'enroll', nora, '--login', login, '--create-login', '--write', '--reason', 'night shift']
    expect(await run({env}, [...argv, '--yes'])).toMatchObject({exitCode: 7})
    await expectNothingDone(login)
    expect(await run({env}, [...argv, '--confirm', login])).toMatchObject({exitCode: 0})
    expect((await stateOf(login)).mapping).toEqual({email: nora, disabled: false})
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
