import {describe, expect, test} from 'vitest'
import {addGrant, beginChange, denied, lacks, psql, quarantine, removeGrant, useDatabase} from './world.ts'

useDatabase()

describe('a write outside of pm', () => {
  test('is refused without an open change, also with the permission', async () => {
    const operations = await psql('op_operations')

    await expect(operations.run(quarantine)).rejects.toMatchObject({
      ...denied,
      message: 'operators change smtp_ip_addresses through pm only: no change is open in this transaction',
    })
  })

  test('is refused without the permission, whatever change is open', async () => {
    const support = await psql('op_support')
    await support.run('begin')
    await beginChange(support, 'tenant.write')

    await expect(support.run(quarantine)).rejects.toMatchObject(lacks('op_support', 'ip.write'))
  })

  test('is refused by each way to write a table', async () => {
    const viewer = await psql('op_viewer')
    const writes = [
      quarantine,
      "insert into smtp_ip_addresses (ip_address) values ('203.0.113.250')",
      'delete from smtp_ip_addresses',
      `merge into smtp_ip_addresses using (select 1) one on true when matched then update set status = 'burned'`,
      `with written as (update smtp_ip_addresses set status = 'burned' returning 1) select count(*) from written`,
      `do $$ begin ${quarantine}; end $$`,
    ]

    for (const write of writes) await expect(viewer.run(write)).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })

  test('reaches no further than pm: other columns, other rows, other tables', async () => {
    const admin = await psql('op_admin')
    const denials = {
      "update smtp_ip_addresses set ip_address = '192.0.2.1'": 'permission denied for table smtp_ip_addresses',
      'delete from tenants': 'permission denied for table tenants',
      'update subscriptions set status = null': 'permission denied for table subscriptions',
      'delete from payments': 'permission denied for table payments',
      'insert into permissions (id, name) values (1000, $$all$$)': 'permission denied for table permissions',
      'truncate smtp_ip_addresses cascade': 'permission denied for table smtp_ip_addresses',
    }

    for (const [statement, message] of Object.entries(denials)) {
      await admin.run('begin')
      await beginChange(admin, 'staff.write')
      await expect(admin.run(statement)).rejects.toMatchObject({...denied, message})
      await admin.run('rollback')
    }
  })

  test('cannot go by somebody else’s open change', async () => {
    const [admin, operations] = [await psql('op_admin'), await psql('op_operations')]
    await admin.run('begin')
    const change = await beginChange(admin, 'ip.write')
    await operations.run('begin')

    await expect(
      operations.run('insert into pm.change_transactions (change_id) values ($1)', [change]),
    ).rejects.toMatchObject(denied)
    await operations.run('rollback')
    await expect(operations.run(quarantine)).rejects.toMatchObject(denied)
  })

  test('cannot go by a change whose opening was taken back', async () => {
    const operations = await psql('op_operations')
    await operations.run('begin')
    await operations.run('savepoint before')
    await beginChange(operations, 'ip.write')
    await operations.run('rollback to before')

    await expect(operations.run(quarantine)).rejects.toMatchObject(denied)
  })

  test('cannot go by a change of an earlier transaction', async () => {
    const operations = await psql('op_operations')
    await beginChange(operations, 'ip.write')

    await expect(operations.run(quarantine)).rejects.toMatchObject(denied)
  })

  test('cannot go by a view', async () => {
    const operations = await psql('op_operations')
    await operations.run('create temporary view ips as select * from smtp_ip_addresses')

    await expect(operations.run("update ips set status = 'burned'")).rejects.toMatchObject(denied)
  })

  test('that cascades needs the permission of what it takes along', async () => {
    const operations = await psql('op_operations')
    await removeGrant('operations', 'ip.write')
    await operations.run('begin')
    await beginChange(operations, 'vps.write')

    await expect(
      operations.run('delete from vps_instances where id in (select vps_instance_id from smtp_ip_addresses)'),
    ).rejects.toMatchObject(lacks('op_operations', 'ip.write'))
    await operations.run('rollback')
    await addGrant('operations', 'ip.write')
  })
})
