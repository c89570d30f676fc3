import {describe, expect, test} from 'vitest'
import type {Psql} from '../../support/psql.ts'
import {addGrant, anyIp, beginChange, count, denied, psql, quarantine, removeGrant, useDatabase} from './world.ts'

useDatabase()

describe('row-level security', () => {
  test('shows tenants’ rows by permission', async () => {
    const [viewer, support] = [await psql('op_viewer'), await psql('op_support')]
    for (const session of [viewer, support]) await session.run("select set_config('app.current_tenant_id', '', false)")

    expect(await count(viewer, 'leads')).toBe(0)
    expect(await count(support, 'leads')).toBe(await count(await psql('postgres'), 'leads'))
    expect(await count(viewer, 'campaigns')).toBe(await count(await psql('postgres'), 'campaigns'))
  })

  test('is not got round by switching it off', async () => {
    const viewer = await psql('op_viewer')
    await viewer.run('set row_security = off')

    await expect(viewer.run('select * from leads')).rejects.toMatchObject({
      ...denied,
      message: 'query would be affected by row-level security policy for table "leads"',
    })
  })

  test('shows operators their own changes, and others’ with audit.read', async () => {
    await removeGrant('viewer', 'audit.read')
    const [admin, operations, viewer] = [await psql('op_admin'), await psql('op_operations'), await psql('op_viewer')]
    await operations.run('begin')
    const change = await beginChange(operations, 'ip.write')
    await operations.run(`${quarantine} where id = $1`, [await anyIp()])
    await operations.run('commit')
    await viewer.run("select pm.record_refusal('pm ip add', 'ip.write', '{}')")

    const seen = (session: Psql) =>
      session.run(
        `select (select count(*)::integer from pm.changes where id = $1) as changes,
          (select count(*)::integer from pm.row_images where change_id = $1) as images,
          (select count(*)::integer from pm.refusals where login = 'op_viewer') as refusals`,
        [change],
      )

    expect(await seen(operations)).toEqual([{changes: 1, images: 1, refusals: 1}])
    expect(await seen(admin)).toEqual([{changes: 1, images: 1, refusals: 1}])
    expect(await seen(viewer)).toEqual([{changes: 0, images: 0, refusals: 1}])
    await addGrant('viewer', 'audit.read')
  })
})
