import {describe, expect, it} from 'vitest'
import {changeRoles} from '../../../src/changes/tenant/role.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const acme = `select m.email, m.roles from tenant_users m join tenants t on t.id = m.tenant_id
  where t.name = 'Acme' and m.deleted is null order by 1`
const [alice, ben, chloe] = ['alice@acme.example', 'ben@acme.example', 'chloe@acme.example']
const alsoOwnedByBen = `update tenant_users set roles = '{admin,owner}' where email = '${ben}'`
const role = (...argv: string[]) => ['tenant', 'role', 'acme', ...argv]

describe('pm tenant role', () => {
  holdsAsWrite('that gives and takes', {
    argv: ['tenant', 'role', 'acme', '--add', 'owner,billing', 'Ben@Acme.example', '--remove', 'admin'],
    consent: ['--yes'],
    refusedAs: 'op_operations',
    permission: 'tenant.write',
    rows: acme,
    after: [
      {email: alice, roles: ['owner']},
      {email: ben, roles: ['owner', 'billing']},
      {email: chloe, roles: ['member', 'billing']},
    ],
    targets: ['tenant:Acme', `user:${ben}`],
    images: ['update tenant_users 1'],
  })

  it('takes a role from an owner while another one stays', async () => {
    const {exitCode, stderr, rows} = await attempt(role(alice, '--remove', 'owner', '--yes'), alsoOwnedByBen)
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain(`Take every role in Acme from ${alice}.`)
    expect(stderr).toContain('! Without a role they can do nothing there.')
    expect(rows).toContainEqual({email: alice, roles: []})
  })

  it('counts no owner who left', async () => {
    const {exitCode, stderr} = await attempt(
      role(alice, '--remove', 'owner', '--yes'),
      `${alsoOwnedByBen}; update tenant_users set deleted = now() where email = '${ben}'`,
    )
    expect({exitCode, stderr}).toMatchObject({exitCode: 6})
    expect(stderr).toContain(`${alice} is the last owner of Acme.`)
  })

  it('changes nothing that is so already, and says when the platform may not know a role', async () => {
    expect(await attempt(role(ben, '--add', 'admin', '--remove', 'owner'))).toMatchObject({exitCode: 0, changes: 0})
    const {stderr} = await attempt(role(ben, '--add', 'auditor', '--yes'))
    expect(stderr).toContain('! pm does not know the role auditor. Does the platform?')
  })

  it('gives a role to a user whose roles are null', async () => {
    const {rows} = await attempt(
      role(ben, '--add', 'member', '--yes'),
      `update tenant_users set roles = null where email = '${ben}'`,
    )
    expect(rows).toContainEqual({email: ben, roles: ['member']})
  })

  it('changes nothing when the roles were changed between plan and commit', async () => {
    const {error, changes} = await applyLate(
      changeRoles,
      {tenant: 'acme', user: ben, add: ['owner'], remove: []},
      `update tenant_users set roles = '{admin,member}' where email = '${ben}'`,
      'op_support',
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: [`member ${ben}`]}})
    expect(changes).toBe(0)
  })

  it('leaves a tenant one owner when both are taken at once', async () => {
    const database = await freshDatabase()
    await ask(database, alsoOwnedByBen)
    const taken = await Promise.all(
      [alice, ben].map((user) => run(as(database, 'op_support'), role(user, '--remove', 'owner', '--yes'))),
    )
    expect(taken.map(({exitCode}) => exitCode).sort()).toEqual([0, 6])
    expect(await owners(database)).toHaveLength(1)
    await database.drop()
  })

  it('is not undone where that would take the last owner', async () => {
    const database = await freshDatabase()
    const pm = (...argv: string[]) => run(as(database, 'op_support'), argv)
    expect(await pm(...role(ben, '--add', 'owner', '--yes'))).toMatchObject({exitCode: 0})
    expect(await pm(...role(alice, '--remove', 'owner', '--yes'))).toMatchObject({exitCode: 0})
    const undone = await pm('audit', 'undo', '1', '--yes')
    expect(undone).toMatchObject({exitCode: 6, stdout: ''})
    expect(undone.stderr).toContain('Nobody would own Acme. Nothing was changed.')
    expect(await owners(database)).toEqual([{email: ben}])
    await database.drop()
  })

  it.each([
    [role(alice, '--remove', 'owner'), 6, `${alice} is the last owner of Acme.`],
    [role(ben, '--add', 'admin', '--remove', 'admin'), 2, 'The role admin cannot be added and removed at once.'],
    [role(ben, '--add', 'Admin; drop'), 2, '“Admin; drop” cannot be a role.'],
    [role(ben), 2, 'Which roles?'],
    [role('derek@acme.example', '--add', 'admin'), 3, 'Acme has no user derek@acme.example.'],
    [role('nobody@x', '--add', 'admin'), 3, 'Acme has no user nobody@x.'],
    [['tenant', 'role', 'nobody', ben, '--add', 'admin'], 3, 'No tenant nobody.'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const {stderr, rows: _, ...rest} = await attempt([...argv, '--yes'])
    expect(rest).toEqual({exitCode, stdout: '', changes: 0})
    expect(stderr).toContain(message)
  })
})

function owners(database: TestDatabase) {
  return ask(
    database,
    `select email from tenant_users where 'owner' = any(roles) and deleted is null
     and tenant_id = (select id from tenants where name = 'Acme')`,
  )
}

async function attempt(argv: readonly string[], arrange = 'select 1') {
  const database = await freshDatabase()
  await ask(database, arrange)
  const ran = await run(as(database, 'op_support'), argv)
  const [rows, changes] = [await ask(database, acme), (await changesOf(database)).length]
  await database.drop()
  return {...ran, rows, changes}
}
