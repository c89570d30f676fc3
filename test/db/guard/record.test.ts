import {randomUUID} from 'node:crypto'
import {describe, expect, test} from 'vitest'
import {arrange, beginChange, denied, dropLogin, imagesOf, makeLogin, owner, psql, useDatabase} from './world.ts'

useDatabase()

describe('the record of changes', () => {
  const tampering = ['changes', 'change_targets', 'row_images', 'refusals'].flatMap((table) => [
    `delete from pm.${table}`,
    `update pm.${table} set ${table === 'change_targets' ? 'target' : 'id'} = default`,
    `truncate pm.${table} cascade`,
  ])

  test.each([
    ...tampering,
    `insert into pm.changes (command, permission, login, role, request_key, enforced_by)
      values ('x', 'ip.write', 'op_admin', 'admin', gen_random_uuid(), 'database')`,
    "insert into pm.row_images (change_id, table_name, op) values (1, 'public.plans', 'update')",
    "insert into pm.refusals (command, permission, login) values ('x', 'ip.write', 'op_admin')",
    "insert into pm.change_permissions (permission) values ('ip.write')",
    'delete from pm.change_permissions',
    'insert into pm.migrations (name) values ($$x$$)',
  ])('is not written by an operator: %s', async (statement) => {
    await expect((await psql('op_admin')).run(statement)).rejects.toMatchObject(denied)
  })

  test.each(tampering)('is not rewritten by a superuser, not even one that replicates: %s', async (statement) => {
    const superuser = await psql('postgres')
    const refused = {...denied, message: expect.stringMatching(/refused: the record of changes is append-only$/)}

    await expect(superuser.run(statement)).rejects.toMatchObject(refused)
    await superuser.run('set session_replication_role = replica')
    await expect(superuser.run(statement)).rejects.toMatchObject(refused)
  })

  test('says who made a change, whatever the caller says', async () => {
    const operations = await psql('op_operations')
    await operations.run('set role pm_operator')
    const change = await beginChange(operations, 'ip.write')

    expect(await owner`select login, role, permission, enforced_by from pm.changes where id = ${change}`).toEqual([
      {login: 'op_operations', role: 'operations', permission: 'ip.write', enforced_by: 'database'},
    ])
  })
})

describe('row images', () => {
  test('are written for what is added, changed and removed', async () => {
    const admin = await psql('op_admin')
    await admin.run('begin')
    const change = await beginChange(admin, 'flags.write')
    await admin.run("insert into feature_flags (id, key, updated) values ($1, 'guard-test', null)", [flag])
    await admin.run('update feature_flags set rollout_percentage = 10 where id = $1', [flag])
    await admin.run('update feature_flags set rollout_percentage = 10 where id = $1', [flag])
    await admin.run('delete from feature_flags where id = $1', [flag])
    await admin.run('commit')

    const image = (rollout: number) => ({
      id: flag,
      key: 'guard-test',
      description: null,
      is_enabled: false,
      rollout_percentage: rollout,
      updated_by: null,
      updated: null,
    })
    expect(await imagesOf(change)).toEqual([
      {table_name: 'public.feature_flags', op: 'insert', before: null, after: image(0)},
      {table_name: 'public.feature_flags', op: 'update', before: image(0), after: image(10)},
      {table_name: 'public.feature_flags', op: 'delete', before: image(10), after: null},
    ])
  })

  test('hide the value of sensitive configuration, and say whether it changed', async () => {
    const admin = await psql('op_admin')
    await admin.run('begin')
    const change = await beginChange(admin, 'config.write')
    await admin.run(`insert into system_config (key, value, is_sensitive) values ('guard.key', '"s3cret"', true)`)
    await admin.run(`update system_config set description = 'same' where key = 'guard.key'`)
    await admin.run(`update system_config set value = '"0ther"' where key = 'guard.key'`)
    await admin.run(`update system_config set is_sensitive = false where key = 'guard.key'`)
    await admin.run(`update system_config set value = '"public"' where key = 'guard.key'`)
    await admin.run(`update system_config set is_sensitive = true, value = '"again"' where key = 'guard.key'`)
    await admin.run(`delete from system_config where key = 'guard.key'`)
    await admin.run('commit')

    const values = (await imagesOf(change)).map(({before, after}) => [before?.value ?? null, after?.value ?? null])
    expect(values).toEqual([
      [null, '(masked)'],
      ['(masked)', '(masked)'],
      ['(masked, differs)', '(masked, differs)'],
      ['(masked)', '(masked)'],
      ['0ther', 'public'],
      ['(masked, differs)', '(masked, differs)'],
      ['(masked)', null],
    ])
  })

  test('hide where the secrets of an e-mail account lie', async () => {
    const support = await psql('op_support')
    const [account] = await owner`select id from email_accounts where vault_key_path is not null limit 1`
    await owner`update email_accounts set imap_settings = '{"password": "s3cret"}', smtp_settings = null
      where id = ${account?.id}`
    await support.run('begin')
    const change = await beginChange(support, 'account.write')
    await support.run("update email_accounts set status = 'guard-test' where id = $1", [account?.id])
    await support.run('commit')

    const [image] = await imagesOf(change)
    const hidden = {vault_key_path: '(masked)', imap_settings: '(masked)', smtp_settings: null}
    expect(image).toMatchObject({before: hidden, after: {...hidden, status: 'guard-test'}})
    expect(JSON.stringify(await owner`select * from pm.row_images`)).not.toContain('s3cret')
  })

  test('are not written for the platform’s own traffic', async () => {
    const app = await makeLogin('')
    await arrange(`grant select, insert, update, delete on feature_flags, staff_members to ${app}`)
    const before = await owner`select count(*) from pm.row_images`
    const platform = await psql(app)
    await platform.run("insert into feature_flags (key) values ('platform-own')")
    await platform.run("update feature_flags set is_enabled = true where key = 'platform-own'")
    await platform.run("delete from feature_flags where key = 'platform-own'")
    await platform.run("update staff_members set notes = 'kept by the platform'")
    await (await psql('postgres')).run('update staff_members set notes = null')

    expect(await owner`select count(*) from pm.row_images`).toEqual(before)
    await expect(platform.run('select * from pm.changes')).rejects.toMatchObject(denied)
    await dropLogin(app)
  })
})

const flag = randomUUID()
