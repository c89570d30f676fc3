import {describe, expect, test} from 'vitest'
import {
  addGrant,
  anyIp,
  arrange,
  beginChange,
  count,
  denied,
  dropLogin,
  lacks,
  makeLogin,
  makeOperator,
  owner,
  psql,
  quarantine,
  removeGrant,
  useDatabase,
  waitingForLock,
} from './world.ts'

useDatabase()

describe('a login', () => {
  test('in the group that nobody enrolled sees no tenant’s rows and writes nothing', async () => {
    const login = await makeLogin()
    const stranger = await psql(login)
    await stranger.run("select set_config('app.current_tenant_id', '', false)")

    expect(await count(stranger, 'campaigns')).toBe(0)
    expect(await stranger.run('select * from pm.operator()')).toEqual([])
    await expect(stranger.run(quarantine)).rejects.toMatchObject(lacks(login, 'ip.write'))
    await expect(beginChange(stranger, 'ip.read')).rejects.toMatchObject(lacks(login, 'ip.read'))
    await dropLogin(login)
  })

  test('outside of the group reads nothing at all', async () => {
    const login = await makeLogin('')
    const stranger = await psql(login)

    for (const statement of ['select * from tenants', 'select * from pm.operator()', 'select * from pm.changes'])
      await expect(stranger.run(statement)).rejects.toMatchObject(denied)
    await dropLogin(login)
  })

  test('that is revoked is stopped at its next statement', async () => {
    const login = await makeOperator('operations')
    const revoked = await psql(login)
    await revoked.run('begin')
    await beginChange(revoked, 'ip.write')
    await owner`update pm.operator_logins set disabled = now() where login = ${login}`

    await expect(revoked.run(quarantine)).rejects.toMatchObject(lacks(login, 'ip.write'))
    await revoked.run('rollback')
    await expect(beginChange(revoked, 'ip.write')).rejects.toMatchObject(lacks(login, 'ip.write'))
    expect(await revoked.run('select role, disabled from pm.operator()')).toEqual([
      {role: 'operations', disabled: true},
    ])
    await dropLogin(login)
  })

  test('that leaves the group or the staff is stopped at its next statement', async () => {
    const login = await makeOperator('operations')
    const leaving = await psql(login)
    await arrange(`revoke pm_operator from ${login}`)
    await expect(leaving.run(quarantine)).rejects.toMatchObject({
      ...denied,
      message: 'permission denied for table smtp_ip_addresses',
    })
    await arrange(`grant pm_operator to ${login}`)
    await owner`delete from staff_members where user_id = (select user_id from pm.operator_logins where login = ${login})`

    await expect(leaving.run(quarantine)).rejects.toMatchObject(lacks(login, 'ip.write'))
    await dropLogin(login)
  })
})

describe('a revoke while a write is under way', () => {
  test('wins when it commits before the write does', async () => {
    const login = await makeOperator('operations')
    const ip = await anyIp()
    const writer = await psql(login)
    await writer.run('begin')
    await beginChange(writer, 'ip.write')
    await writer.run(`update smtp_ip_addresses set status = 'burned' where id = $1`, [ip])
    // Immediate: nothing of the writer's stands in the way.
    const revoker = await psql('postgres')
    await revoker.run("set lock_timeout = '100ms'")
    await revoker.run('update pm.operator_logins set disabled = now() where login = $1', [login])

    await expect(writer.run('commit')).rejects.toMatchObject({
      ...denied,
      message: `the permission ip.write of operator ${login} was revoked`,
    })
    expect(await owner`select status from smtp_ip_addresses where id = ${ip}`).not.toEqual([{status: 'burned'}])
    expect(await owner`select from pm.changes where login = ${login}`).toEqual([])
    await dropLogin(login)
  })

  const own = "(select user_id from pm.operator_logins where login = 'LOGIN')"

  test.each([
    `delete from staff_role_permissions where permission_id = (select id from permissions where name = 'ip.write')
      and role_id = (select role_id from staff_members where user_id = ${own})`,
    `update staff_members set role_id = (select id from staff_roles where name = 'viewer') where user_id = ${own}`,
    `delete from staff_members where user_id = ${own}`,
    "delete from pm.operator_logins where login = 'LOGIN'",
  ])('wins whatever is revoked: %s', async (statement) => {
    const login = await makeOperator('operations')
    const writer = await psql(login)
    await writer.run('begin')
    await beginChange(writer, 'ip.write')
    await writer.run(`${quarantine} where id = $1`, [await anyIp()])
    const revoker = await psql('postgres')
    await revoker.run("set lock_timeout = '100ms'")
    await revoker.run(statement.replace('LOGIN', login))

    await expect(writer.run('commit')).rejects.toMatchObject(denied)
    await removeGrant('operations', 'ip.write')
    await addGrant('operations', 'ip.write')
    await dropLogin(login)
  })

  test('that is under way itself is waited for', async () => {
    const login = await makeOperator('operations')
    const writer = await psql(login)
    await writer.run('begin')
    await beginChange(writer, 'ip.write')
    const revoker = await psql('postgres')
    await revoker.run('begin')
    await revoker.run('update pm.operator_logins set disabled = now() where login = $1', [login])
    const committed = writer.run('commit').catch((error: unknown) => error)
    await waitingForLock()
    await revoker.run('commit')

    expect(await committed).toMatchObject({...denied, message: expect.stringContaining('was revoked')})
    await dropLogin(login)
  })

  test('waits for a write that was checked already, and comes after it', async () => {
    const login = await makeOperator('operations')
    const writer = await psql(login)
    await writer.run('begin')
    await beginChange(writer, 'ip.write')
    await writer.run('set constraints all immediate')
    const revoker = await psql('postgres')
    await revoker.run("set lock_timeout = '100ms'")
    const revoke = () => revoker.run('update pm.operator_logins set disabled = now() where login = $1', [login])

    await expect(revoke()).rejects.toMatchObject({code: '55P03'})
    await writer.run(`update smtp_ip_addresses set updated = updated where id = $1`, [await anyIp()])
    await writer.run('commit')
    await revoke()

    await expect(beginChange(writer, 'ip.write')).rejects.toMatchObject(denied)
    await dropLogin(login)
  })
})
