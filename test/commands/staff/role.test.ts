import {expect, test} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'
import {withDatabase} from '../audit/undoing.ts'

const role = (name: string) =>
  `select r.name, r.description, array(select p.name::text from staff_role_permissions g
     join permissions p on p.id = g.permission_id where g.role_id = r.id order by 1) as permissions
   from staff_roles r where r.name = '${name}'`
const intern = `with role as (insert into staff_roles (id, name, description) values (90, 'intern', 'Learns.') returning id)
  insert into staff_role_permissions (role_id, permission_id)
  select role.id, p.id from role, permissions p where p.name in ('ip.read', 'domain.read')`
const shared = {refusedAs: 'op_operations', permission: 'staff.write', consent: ['--yes']}

holdsAsWrite('staff role create', {
  ...shared,
  consent: [],
  argv: [
    'staff',
    'role',
    'create',
    'night_shift',
    '--permission',
    'ip.read,ip.write,ip.read',
    '--description',
    'Owls.',
  ],
  rows: role('night_shift'),
  after: [{name: 'night_shift', description: 'Owls.', permissions: ['ip.read', 'ip.write']}],
  targets: ['role:night_shift'],
  images: ['insert staff_role_permissions 2', 'insert staff_roles 1'],
})

holdsAsWrite('staff role delete', {
  ...shared,
  consent: ['--confirm', 'intern'],
  arrange: intern,
  argv: ['staff', 'role', 'delete', 'intern'],
  rows: role('intern'),
  after: [],
  targets: ['role:intern'],
  images: ['delete staff_role_permissions 2', 'delete staff_roles 1'],
})

holdsAsWrite('staff role grant', {
  ...shared,
  arrange: intern,
  argv: ['staff', 'role', 'grant', 'intern', 'ip.read', 'ip.write', 'vps.read'],
  rows: role('intern'),
  after: [{name: 'intern', description: 'Learns.', permissions: ['domain.read', 'ip.read', 'ip.write', 'vps.read']}],
  targets: ['role:intern'],
  images: ['insert staff_role_permissions 2'],
})

holdsAsWrite('staff role revoke', {
  ...shared,
  arrange: intern,
  argv: ['staff', 'role', 'revoke', 'intern', 'ip.read', 'vps.read'],
  rows: role('intern'),
  after: [{name: 'intern', description: 'Learns.', permissions: ['domain.read']}],
  targets: ['role:intern'],
  images: ['delete staff_role_permissions 1'],
})

test('a grant says whose role it is, holds from their next command on, and so does its revocation', () =>
  withDatabase(async (database) => {
    const rate = () => run(as(database, 'op_support'), ['ip', 'rate', '192.0.2.10', 'fair', '--yes'])
    expect(await rate()).toMatchObject({exitCode: 5})
    const {stderr} = await run(as(database, 'op_admin'), ['staff', 'role', 'grant', 'support', 'ip.write', '--yes'])
    expect(stderr).toContain(`Let support do more: ip.write.

+ grant of ip.write to support

! It is the role of sam@penguinmails.example, sue@penguinmails.example.
`)
    expect(await rate()).toMatchObject({exitCode: 0})
    await run(as(database, 'op_admin'), ['staff', 'role', 'revoke', 'support', 'ip.write', '--yes'])
    expect(await rate()).toMatchObject({exitCode: 5})
  }))

test('what a role has, or lacks, already is nothing to do', () =>
  withDatabase(async (database) => {
    for (const argv of [
      ['grant', 'support', 'ip.read'],
      ['revoke', 'support', 'ip.write'],
    ]) {
      const {stderr, exitCode} = await run(as(database, 'op_admin'), ['staff', 'role', ...argv])
      expect({exitCode, last: stderr.trim().split('\n').at(-1)}).toEqual({exitCode: 0, last: 'Nothing to do.'})
    }
  }))

test('a role that somebody was given since is not taken back by an undo of its creation', () =>
  withDatabase(async (database) => {
    await run(as(database, 'op_admin'), ['staff', 'role', 'create', 'night_shift', '--permission', 'ip.read'])
    await run(as(database, 'op_admin'), ['staff', 'set-role', 'sam@penguinmails.example', 'night_shift', '--yes'])
    const {exitCode, stderr} = await run(as(database, 'op_admin'), ['audit', 'undo', '1', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 6})
    expect(stderr).toContain('Error: Something refers to what would go')
    expect(await ask(database, role('night_shift'))).toMatchObject([{permissions: ['ip.read']}])
    expect(await changesOf(database)).toHaveLength(2)
  }))

test('two who create a role at the same time make one', () =>
  withDatabase(async (database) => {
    const both = await Promise.all(
      [1, 2].map(() => run(as(database, 'op_admin'), ['staff', 'role', 'create', 'night_shift'])),
    )
    expect(both.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
    expect(await ask(database, role('night_shift'))).toHaveLength(1)
  }))

test.each([
  [['create', 'support'], 6, 'There is a role support already.'],
  [['create', 'Night Shift'], 2, '“Night Shift” cannot be a role’s name.'],
  [['create', 'x'.repeat(51)], 2, 'cannot be a role’s name.'],
  [['create', 'intern', '--permission', 'ip.fly'], 3, 'There is no permission ip.fly.'],
  [['delete', 'viewer'], 6, 'viewer is built in'],
  [['delete', 'root'], 3, 'There is no role root.'],
  [['grant', 'support', 'ip.fly'], 3, 'There is no permission ip.fly.'],
  [['grant', 'support'], 2, 'Which permission?'],
  [['grant'], 2, 'Which role?'],
  [['revoke', 'root', 'ip.read'], 3, 'There is no role root.'],
])('pm staff role %j exits %i', async (argv, code, words) => {
  const database = await freshDatabase()
  const {exitCode, stderr, stdout} = await run(as(database, 'op_admin'), ['staff', 'role', ...argv])
  expect({exitCode, stdout, changes: await changesOf(database)}).toEqual({exitCode: code, stdout: '', changes: []})
  expect(stderr).toContain(words)
  await database.drop()
})

test('a role that somebody has is not deleted, and says whose it is', () =>
  withDatabase(async (database) => {
    await ask(database, intern)
    await ask(database, `update staff_members set role_id = 90 where role_id is null`)
    const argv = ['staff', 'role', 'delete', 'intern', '--confirm', 'intern']
    expect(await run(as(database, 'op_admin'), argv)).toEqual({
      exitCode: 6,
      stdout: '',
      stderr: `Error: intern is the role of otto@penguinmails.example.
Give them another first: pm staff set-role otto@penguinmails.example ROLE (conflict, exit 6)
`,
    })
  }))
