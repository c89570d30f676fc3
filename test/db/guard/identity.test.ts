import {describe, expect, test} from 'vitest'
import {beginChange, denied, lacks, owner, psql, quarantine, useDatabase, whoIs} from './world.ts'

useDatabase()

describe('nobody gives themselves more', () => {
  const myself = '(select user_id from pm.operator())'

  test('by changing their own role', async () => {
    const admin = await psql('op_admin')
    const own = {...denied, message: 'operators cannot change their own role or its permissions'}
    const edits = [
      `update staff_members set role_id = 2 where user_id = ${myself}`,
      `delete from staff_members where user_id = ${myself}`,
      `delete from staff_role_permissions where role_id = (select role_id from staff_members where user_id = ${myself})`,
      `insert into staff_role_permissions (role_id, permission_id)
        select m.role_id, 1000 from staff_members m where m.user_id = ${myself}`,
      `delete from pm.operator_logins where login = session_user`,
      `update pm.operator_logins set user_id = gen_random_uuid() where login = session_user`,
      `insert into pm.operator_logins (login, user_id) select 'op_second', user_id from pm.operator()`,
    ]

    for (const edit of edits) {
      await admin.run('begin')
      await beginChange(admin, 'staff.write')
      await expect(admin.run(edit)).rejects.toMatchObject(own)
      await admin.run('rollback')
    }
  })

  test('though the same edit of another role is what the permission is for', async () => {
    const admin = await psql('op_admin')
    await admin.run('begin')
    await beginChange(admin, 'staff.write')

    const [{count} = {count: 0}] = await admin.run(`with gone as (
      delete from staff_role_permissions where role_id = (select id from staff_roles where name = 'viewer') returning 1
    ) select count(*)::integer as count from gone`)

    expect(count).toBeGreaterThan(0)
    await admin.run('rollback')
  })

  test('by promoting themselves, or mapping their login to an admin', async () => {
    const viewer = await psql('op_viewer')
    const edits = [
      `update staff_members set role_id = 1 where user_id = ${myself}`,
      `insert into staff_role_permissions (role_id, permission_id) select role_id, 1 from staff_members`,
      `update pm.operator_logins set user_id = gen_random_uuid() where login = session_user`,
    ]

    for (const edit of edits) await expect(viewer.run(edit)).rejects.toMatchObject(lacks('op_viewer', 'staff.write'))
  })

  test('by opening a change for a permission they lack', async () => {
    await expect(beginChange(await psql('op_viewer'), 'ip.write')).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })
})

describe('nobody becomes somebody else', () => {
  test('by a setting', async () => {
    const viewer = await psql('op_viewer')
    const admin = (await owner`select user_id from pm.operator_logins where login = 'op_admin'`)[0]
    for (const name of ['app.current_user_id', 'pm.operator', 'pm.login', 'request.jwt.claims', 'application_name'])
      await viewer.run('select set_config($1, $2, false)', [name, `${admin?.user_id}`])

    expect(await whoIs(viewer)).toEqual({login: 'op_viewer', role: 'viewer', may: false})
    await expect(viewer.run(quarantine)).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })

  test('by becoming the group', async () => {
    const viewer = await psql('op_viewer')
    await viewer.run('set role pm_operator')

    expect(await whoIs(viewer)).toEqual({login: 'op_viewer', role: 'viewer', may: false})
    await expect(viewer.run(quarantine)).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })

  test.each([
    'set role op_admin',
    'set role pm_guard',
    'set role postgres',
    'set session authorization op_admin',
    'set session authorization postgres',
    "select set_config('role', 'op_admin', false)",
    "select set_config('session_authorization', 'op_admin', false)",
    'grant pm_guard to op_viewer',
    'grant pm_operator to op_viewer with admin option',
    'alter role op_viewer superuser',
    'alter role op_viewer bypassrls',
    'create role op_other login in role pm_operator',
  ])('by %s', async (statement) => {
    await expect((await psql('op_viewer')).run(statement)).rejects.toMatchObject(denied)
  })

  test.each(['grant pm_guard to op_admin', 'grant postgres to op_admin', "alter role op_viewer password 'known'"])(
    'not even who makes logins, by %s',
    async (statement) => {
      await expect((await psql('op_admin')).run(statement)).rejects.toMatchObject(denied)
    },
  )

  test('by tables of their own with the names of ours', async () => {
    const viewer = await psql('op_viewer')
    await viewer.run(`create temporary table operator_logins as select * from pm.operator_logins`)
    await viewer.run(`update operator_logins set user_id =
      (select user_id from pm.operator_logins where login = 'op_admin') where login = 'op_viewer'`)
    await viewer.run('create temporary table staff_members as select user_id, 1 as role_id from public.staff_members')
    await viewer.run(
      'create temporary table staff_role_permissions as select 1 as role_id, id as permission_id from public.permissions',
    )
    await viewer.run('create temporary table permissions as table public.permissions')
    await viewer.run(
      'create temporary table change_transactions as select pg_current_xact_id() as transaction_id, 1 as change_id',
    )
    await viewer.run('set search_path = pg_temp, pm, public, pg_catalog')

    expect(await whoIs(viewer)).toEqual({login: 'op_viewer', role: 'viewer', may: false})
    await expect(viewer.run('update public.smtp_ip_addresses set status = null')).rejects.toMatchObject(
      lacks('op_viewer', 'ip.write'),
    )
  })

  test('by an operator of their own', async () => {
    const viewer = await psql('op_viewer')
    await viewer.run(`create function pg_temp.yes(text, text) returns boolean language sql immutable as 'select true'`)
    await viewer.run('create operator pg_temp.= (leftarg = text, rightarg = text, function = pg_temp.yes)')
    await viewer.run(
      `create function pg_temp.pg_has_role(name, oid, text) returns boolean language sql as 'select true'`,
    )
    await viewer.run('set search_path = pg_temp, public, pg_catalog')

    expect(await whoIs(viewer)).toEqual({login: 'op_viewer', role: 'viewer', may: false})
    await expect(viewer.run(quarantine)).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })
})
