import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf, refusalsOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {withDatabase} from '../audit/undoing.ts'
import {atOnce} from './at-once.ts'

const admins = `select u.email from staff_members m join staff_role_permissions g on g.role_id = m.role_id
  join permissions p on p.id = g.permission_id join users u on u.id = m.user_id
  join pm.operator_logins l on l.user_id = m.user_id and l.disabled is null where p.name = 'staff.write' order by 1`
const olgaIsAdmin = `update staff_members set role_id = 1 where user_id = (select id from users where email like 'olga@%')`
const [ada, olga] = ['ada@penguinmails.example', 'olga@penguinmails.example']

describe('nobody edits', () => {
  it.each([
    ['their own role', ['staff', 'set-role', ada, 'viewer'], 'Nobody changes their own place on the staff.'],
    [
      'what their own role may do',
      ['staff', 'role', 'grant', 'admin', 'new.one'],
      'Nobody changes what their own role may do.',
    ],
    ['it less', ['staff', 'role', 'revoke', 'admin', 'staff.write'], 'Nobody changes what their own role may do.'],
  ])('%s', async (_what, argv, message) => {
    const database = await freshDatabase()
    await ask(database, `insert into permissions (id, name) values (900, 'new.one')`)
    expect(await run(as(database, 'op_admin'), [...argv, '--yes'])).toEqual({
      exitCode: 5,
      stdout: '',
      stderr: `Error: ${message}\nAnother admin can, or an owner of the database. (permission_denied, exit 5)\n`,
    })
    expect(await changesOf(database)).toEqual([])
    expect(await refusalsOf(database)).toMatchObject([{permission: 'staff.write', login: 'op_admin'}])
    await database.drop()
  })

  it.each([
    ['set-role', ['viewer'], 'Nobody changes their own place on the staff.'],
    ['remove', [], 'Nobody changes their own place on the staff.'],
    ['revoke', [], 'Nobody enrolls or revokes themselves.'],
  ])('their own place by a list, of which only they are left out: %s', (verb, words, reason) =>
    withDatabase(async (database) => {
      const argv = ['staff', verb, '-', ...words, '--dry-run', '-o', 'csv']
      const {exitCode, stdout} = await run(as(database, 'op_admin', {stdin: `${ada}\n${olga}\n`}), argv)
      expect(exitCode).toBe(9)
      expect(stdout.split('\n').filter((line) => line.includes('refused'))).toEqual([`${ada},1,refused,${reason},,,,`])
    }),
  )

  it('their own role by undoing what another did to it', () =>
    withDatabase(async (database) => {
      await ask(database, olgaIsAdmin)
      await run(as(database, 'op_admin'), ['staff', 'set-role', olga, 'operations', '--yes'])
      await ask(database, olgaIsAdmin)
      const {exitCode, stderr} = await run(as(database, 'op_operations'), ['audit', 'undo', '1', '--yes'])
      expect({exitCode, stderr}).toMatchObject({exitCode: 5})
      expect(stderr).toContain('Nobody changes their own place on the staff.')
    }))
})

describe('the last admin stays one, even for an owner of the database', () => {
  it.each([
    ['set-role', ada, 'viewer'],
    ['role', 'revoke', 'admin', 'staff.write'],
  ])('pm staff %s %s %s', async (...argv) => {
    const database = await freshDatabase()
    // An admin without a login is none who could help.
    await ask(database, olgaIsAdmin.replace('olga', 'nora'))
    expect(await run(as(database, 'postgres'), ['staff', ...argv, '--yes'])).toEqual({
      exitCode: 6,
      stdout: '',
      stderr: `Error: Nobody could change the staff any more: ${ada} is the last admin with a login.
Make somebody else an admin first: pm staff set-role EMAIL admin, and pm staff enroll (conflict, exit 6)
`,
    })
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })

  it('until there is another', () =>
    withDatabase(async (database) => {
      await ask(database, olgaIsAdmin)
      expect(await run(as(database, 'postgres'), ['staff', 'set-role', ada, 'viewer', '--yes'])).toMatchObject({
        exitCode: 0,
      })
      expect(await ask(database, admins)).toEqual([{email: olga}])
    }))
})

describe('of two admins who take that from each other at the same moment', () => {
  const demote = (email: string) => ['staff', 'set-role', email, 'viewer', '--yes']

  it('the second may no more', () =>
    withDatabase(async (database) => {
      await ask(database, olgaIsAdmin)
      const ran = await atOnce(database, [
        () => run(as(database, 'op_admin'), demote(olga)),
        () => run(as(database, 'op_operations'), demote(ada)),
      ])
      expect(ran.map(({exitCode}) => exitCode).sort()).toEqual([0, 5])
      expect(ran.map(({stderr}) => stderr).join()).toContain('lacks the permission staff.write. Nothing was changed.')
      expect(await ask(database, admins)).toHaveLength(1)
      expect(await changesOf(database)).toHaveLength(1)
    }))

  it.each([
    ['by a change of role', demote(olga), demote(ada)],
    ['by an undo', ['audit', 'undo', '1', '--yes'], ['audit', 'undo', '2', '--yes']],
  ])('%s, where identity is declared, the second is refused', async (_how, adas, olgas) => {
    const database = await freshDatabase()
    // Each was made an admin by a recorded change that the other undoes.
    await ask(database, olgaIsAdmin)
    for (const [email, id] of [
      [olga, 2],
      [ada, 2],
    ] as const)
      await ask(
        database,
        `update staff_members set role_id = ${id} where user_id = (select id from users where email = '${email}')`,
      )
    for (const email of [olga, ada]) await run(as(database, 'postgres'), ['staff', 'set-role', email, 'admin', '--yes'])
    const home = mkdtempSync(join(tmpdir(), 'pm-declared-'))
    for (const email of [ada, olga]) {
      const there = ['--url', database.url('postgres'), '--declared-email', email]
      await run({home}, ['context', 'add', email.slice(0, 4).replace('@', ''), '--kind', 'development', ...there])
    }
    const ran = await atOnce(database, [
      () => run({home}, [...adas, '-c', 'ada']),
      () => run({home}, [...olgas, '-c', 'olga']),
    ])
    expect(ran.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
    expect(ran.map(({stderr}) => stderr).join()).toContain('Nobody could change the staff any more: ')
    expect(await ask(database, admins)).toHaveLength(1)
    rmSync(home, {recursive: true, force: true})
    await database.drop()
  })
})

test('a place on the staff that changed since the plan is left as it is', () =>
  withDatabase(async (database) => {
    const demote = ['staff', 'set-role', 'sam@penguinmails.example', 'viewer', '--yes']
    const billing = `update staff_members set role_id = 3 where user_id = (select id from users where email like 'sam@%')`
    const [ran] = await atOnce(database, [() => run(as(database, 'op_admin'), demote)], billing)
    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran?.stderr).toContain('Changed since it was planned: staff sam@penguinmails.example. Nothing was changed.')
    expect(await changesOf(database)).toEqual([])
  }))
