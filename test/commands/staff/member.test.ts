import {randomBytes} from 'node:crypto'
import {afterAll, expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'
import {withDatabase} from '../audit/undoing.ts'

const place = (email: string) =>
  `select r.name as role, m.notes from staff_members m left join staff_roles r on r.id = m.role_id
   join users u on u.id = m.user_id where u.email = '${email}'`
const shared = {consent: ['--yes'], refusedAs: 'op_operations', permission: 'staff.write'}

holdsAsWrite('staff add', {
  ...shared,
  argv: ['staff', 'add', 'Alice@acme.example', '--role', 'support', '--notes', 'Until August'],
  rows: place('alice@acme.example'),
  after: [{role: 'support', notes: 'Until August'}],
  targets: ['staff:alice@acme.example'],
  images: ['insert staff_members 1'],
})

holdsAsWrite('staff set-role', {
  ...shared,
  argv: ['staff', 'set-role', 'sam@penguinmails.example', 'operations'],
  rows: place('sam@penguinmails.example'),
  after: [{role: 'operations', notes: null}],
  targets: ['staff:sam@penguinmails.example'],
  images: ['update staff_members 1'],
})

holdsAsWrite('staff remove', {
  ...shared,
  consent: ['--confirm', 'sam@penguinmails.example'],
  argv: ['staff', 'remove', 'sam@penguinmails.example'],
  rows: place('sam@penguinmails.example'),
  after: [],
  targets: ['staff:sam@penguinmails.example'],
  images: ['delete staff_members 1'],
})

// Logins belong to the whole server: every test finds this one as it was.
const login = `op_${randomBytes(5).toString('hex')}`
const enrolled = `do $$ begin
  if not exists (select from pg_roles where rolname = '${login}') then
    create role ${login};
    grant ${login} to op_admin with admin option;
  end if;
  alter role ${login} login;
  grant pm_operator to ${login} granted by op_admin;
  insert into pm.operator_logins (login, user_id)
    select '${login}', id from users where email = 'sam@penguinmails.example';
end $$`

afterAll(() => withDatabase(async (database) => void (await ask(database, `drop role if exists ${login}`))))

holdsAsWrite('staff revoke', {
  ...shared,
  arrange: enrolled,
  argv: ['staff', 'revoke', 'sam@penguinmails.example'],
  rows: `select disabled is null as enabled from pm.operator_logins where login = '${login}'`,
  after: [{enabled: false}],
  targets: [`login:${login}`, 'staff:sam@penguinmails.example'],
  images: ['update pm.operator_logins 1'],
})

test('a new role is shown as what it gives and takes', () =>
  withDatabase(async (database) => {
    const roles = {80: ['ip.read', 'ip.write', 'lead.read', 'lead.reveal'], 90: ['ip.read', 'plan.write', 'lead.read']}
    for (const [id, permissions] of Object.entries(roles)) {
      await ask(database, `insert into staff_roles (id, name) values (${id}, 'role_${id}')`)
      await ask(
        database,
        `insert into staff_role_permissions (role_id, permission_id)
         select ${id}, id from permissions where name = any ('{${permissions.join(',')}}')`,
      )
    }
    await ask(database, `update staff_members set role_id = 80 where role_id = 4`)
    const argv = ['staff', 'set-role', 'sam@penguinmails.example', 'role_90', '--dry-run']
    const {stderr} = await run(as(database, 'op_admin'), argv)
    expect(stderr.split('\n').slice(2).join('\n')).toMatchInlineSnapshot(`
      "Make Sam Second <sam@penguinmails.example> role_90, until now role_80.

      TOPIC  GAINS  LOSES
      ip     -      write
      lead   -      reveal
      plan   write  -
      "
    `)
  }))

test('somebody without a role is given one', () =>
  withDatabase(async (database) => {
    const argv = ['staff', 'set-role', 'otto@penguinmails.example', 'viewer', '--yes']
    const {stderr, exitCode} = await run(as(database, 'op_admin'), argv)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('Make Otto Former <otto@penguinmails.example> viewer, until now without a role.')
    expect(await ask(database, place('otto@penguinmails.example'))).toMatchObject([{role: 'viewer'}])
  }))

test('who joins without a login is told how to get one, and who has one is not', () =>
  withDatabase(async (database) => {
    const argv = ['staff', 'add', 'alice@acme.example', '--role', 'viewer', '--dry-run']
    expect((await run(as(database, 'op_admin'), argv)).stderr).toContain(
      '! They have no login, and cannot start pm until they do: pm staff enroll alice@acme.example --login NAME\n',
    )
    await ask(database, `delete from staff_members where user_id = (select id from users where email like 'sue@%')`)
    const back = ['staff', 'add', 'sue@penguinmails.example', '--role', 'viewer', '--dry-run']
    expect((await run(as(database, 'op_admin'), back)).stderr).not.toContain('!')
  }))

test('the role that somebody has is nothing to do', () =>
  withDatabase(async (database) => {
    const argv = ['staff', 'set-role', 'sam@penguinmails.example', 'support']
    const {stderr, exitCode} = await run(as(database, 'op_admin'), argv)
    expect({exitCode, last: stderr.trim().split('\n').at(-1)}).toEqual({exitCode: 0, last: 'Nothing to do.'})
  }))

test('a change of role takes a name in production, and --yes does not stand in for it', () =>
  withDatabase(async (database) => {
    const world = {env: {DATABASE_URL: database.url('op_admin'), PM_KIND: 'production'}}
    const argv = ['staff', 'set-role', 'sam@penguinmails.example', 'viewer', '--write', '--reason', 'left']
    const refused = await run(world, [...argv, '--yes'])
    expect(refused.exitCode).toBe(7)
    expect(refused.stderr).toContain('--confirm sam@penguinmails.example')
    expect(await changesOf(database)).toEqual([])
    expect(await run(world, [...argv, '--confirm', 'sam@penguinmails.example'])).toMatchObject({exitCode: 0})
    // So does its undo.
    const undo = ['audit', 'undo', '1', '--write', '--reason', 'came back']
    expect(await run(world, [...undo, '--yes'])).toMatchObject({exitCode: 7})
    expect(await run(world, [...undo, '--confirm', '1'])).toMatchObject({exitCode: 0})
    expect(await ask(database, place('sam@penguinmails.example'))).toMatchObject([{role: 'support'}])
  }))

test('an undo of changes of the staff says who and what by name', () =>
  withDatabase(async (database) => {
    await run(as(database, 'op_admin'), ['staff', 'set-role', 'sam@penguinmails.example', 'viewer', '--yes'])
    await run(as(database, 'op_admin'), ['staff', 'role', 'grant', 'viewer', 'ip.write', '--yes'])
    const [role, grant] = await Promise.all(
      ['1', '2'].map((id) => run(as(database, 'op_admin'), ['audit', 'undo', id, '--dry-run'])),
    )
    expect(role?.stderr).toContain('~ staff sam@penguinmails.example')
    expect(grant?.stderr).toContain('- grant of ip.write to viewer')
  }))

test.each([
  [['add', 'sam@penguinmails.example', '--role', 'viewer'], 6, 'is on the staff already, as support.'],
  [['add', 'otto@penguinmails.example', '--role', 'viewer'], 6, 'is on the staff already, without a role.'],
  [['add', 'nobody@acme.example', '--role', 'viewer'], 3, 'No user has the e-mail nobody@acme.example.'],
  [['add', 'alice@acme.example', '--role', 'root'], 3, 'There is no role root.'],
  [['add', 'alice@acme.example'], 2, 'Which role?'],
  [['set-role', 'sam@penguinmails.example', 'root'], 3, 'There is no role root.'],
  [['set-role', 'sam@penguinmails.example'], 2, 'Which role?'],
  [['set-role'], 2, 'Which person?'],
  [['set-role', 'alice@acme.example', 'viewer'], 3, 'alice@acme.example is not on the staff.'],
  [['set-role', "'; drop table users; --", 'viewer'], 3, 'is not on the staff.'],
])('pm staff %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run(as(database, 'op_admin'), ['staff', ...argv, '--yes'])
  expect({exitCode, stdout, changes: await changesOf(database)}).toEqual({exitCode: code, stdout: '', changes: []})
  expect(stderr).toContain(words)
  await database.drop()
})
