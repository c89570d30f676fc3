import {describe, expect, test} from 'vitest'
import {addGrant, anyIp, beginChange, count, denied, psql, quarantine, removeGrant, useDatabase} from './world.ts'

useDatabase()

describe('the names that things are looked up by', () => {
  test.each([
    ['pm.account_names', 'email_accounts', 'account.read'],
    ['pm.campaign_names', 'campaigns', 'campaign.read'],
    ['pm.company_names', 'companies', 'company.read'],
    ['pm.domain_names', 'domains', 'domain.read'],
    ['pm.template_names', 'templates', 'template.read'],
  ])('%s shows those of all %s to who has %s, and none to others', async (view, table, permission) => {
    const viewer = await psql('op_viewer')
    const all = await count(await psql('postgres'), table)
    expect({shown: await count(viewer, view), all: all > 0}).toEqual({shown: all, all: true})

    await removeGrant('viewer', permission)
    expect(await count(viewer, view)).toBe(0)
    await addGrant('viewer', permission)
  })

  test('are not told by a function that is asked about them', async () => {
    await removeGrant('viewer', 'domain.read')
    const viewer = await psql('op_viewer')
    await viewer.run(`create function pg_temp.tell(name text) returns boolean language plpgsql cost 0.0001 as $$
      begin raise exception 'told %', name; end $$`)

    expect(await viewer.run('select from pm.domain_names where pg_temp.tell(name)')).toEqual([])
    await addGrant('viewer', 'domain.read')
    await expect(viewer.run('select from pm.domain_names where pg_temp.tell(name)')).rejects.toThrow(/^told /)
  })

  test('are no way to write', async () => {
    const admin = await psql('op_admin')
    await expect(admin.run('update pm.domain_names set id = id')).rejects.toMatchObject(denied)
    await expect(admin.run('delete from pm.campaign_names')).rejects.toMatchObject(denied)
  })
})

describe('what a change touched', () => {
  test('is kept, and shown to who may see the change', async () => {
    await removeGrant('viewer', 'audit.read')
    const operations = await psql('op_operations')
    await operations.run('begin')
    const change = await beginChange(operations, 'ip.write', ['ip:192.0.2.1', 'domain:acme.example'])
    await operations.run(`${quarantine} where id = $1`, [await anyIp()])
    await operations.run('commit')

    const seenBy = async (login: string) =>
      (await psql(login)).run('select target from pm.change_targets where change_id = $1 order by 1', [change])
    const targets = [{target: 'domain:acme.example'}, {target: 'ip:192.0.2.1'}]
    expect([await seenBy('op_operations'), await seenBy('op_admin'), await seenBy('op_viewer')]).toEqual([
      targets,
      targets,
      [],
    ])
    await addGrant('viewer', 'audit.read')
  })

  test.each([
    "insert into pm.change_targets values ('ip:192.0.2.9', 1)",
    'delete from pm.change_targets',
    "update pm.change_targets set target = 'nothing'",
    'truncate pm.change_targets',
    'select pm.record_targets()',
  ])('is not written by an operator: %s', async (statement) => {
    await expect((await psql('op_admin')).run(statement)).rejects.toMatchObject(denied)
  })
})
