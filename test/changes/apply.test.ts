import {randomUUID} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {RowChange} from '../../src/changes/plan.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {apply, imagesOf, ipRow, ipTable, ipUpdate} from '../support/engine.ts'
import {ask} from '../support/records.ts'
import {openSessionAs, type TestSession} from '../support/session.ts'

let database: TestDatabase
let session: TestSession

beforeAll(async () => {
  database = await freshDatabase()
  session = openSessionAs(database, 'op_admin', undefined, 4)
})
afterAll(async () => {
  await session.close()
  await database.drop()
})

describe('applying a plan', () => {
  it('updates exactly the planned columns of exactly the planned rows, and when they were updated', async () => {
    const all = `select ip_address, to_jsonb(t) - 'updated' as row from smtp_ip_addresses t order by 1`
    const before = await ask<{ip_address: string; row: object}>(database, all)
    const old = await ipRow(database, '192.0.2.10')
    const change = await apply(session, [
      await ipUpdate(database, '192.0.2.10', {reputation_state: 'good'}, {reputation_state: 'fair'}),
      await ipUpdate(database, '192.0.2.11', {reputation_state: 'good'}, {reputation_state: 'fair'}),
    ])
    expect(await ask(database, all)).toEqual(
      before.map(({ip_address, row}) =>
        ['192.0.2.10', '192.0.2.11'].includes(ip_address)
          ? {ip_address, row: {...row, reputation_state: 'fair'}}
          : {ip_address, row},
      ),
    )
    const current = await ipRow(database, '192.0.2.10')
    expect(Date.parse(String(current.updated))).toBeGreaterThan(Date.parse(String(old.updated)))
    expect(await imagesOf(database, change)).toHaveLength(2)
    expect(await imagesOf(database, change)).toContainEqual({
      table_name: ipTable,
      op: 'update',
      before: old,
      after: current,
    })
  })

  it('inserts rows and deletes them again', async () => {
    const id = randomUUID()
    const row = {id, ip_address: '198.51.100.200', status: 'available', assigned_count: 0}
    const added = await apply(session, [{table: ipTable, label: 'ip', key: {id}, before: null, after: row}])
    const whole = await ipRow(database, '198.51.100.200')
    expect(whole).toMatchObject(row)
    expect(await imagesOf(database, added)).toEqual([{table_name: ipTable, op: 'insert', before: null, after: whole}])
    const removed = await apply(session, [{table: ipTable, label: 'ip', key: {id}, before: row, after: null}])
    expect(await ipRow(database, '198.51.100.200')).toEqual({})
    expect(await imagesOf(database, removed)).toEqual([{table_name: ipTable, op: 'delete', before: whole, after: null}])
  })

  it('writes rows of one table with different columns, in the order of the plan', async () => {
    const id = randomUUID()
    const change = await apply(session, [
      await ipUpdate(database, '192.0.2.12', {status: 'warmed'}, {status: 'degraded'}),
      {
        table: ipTable,
        label: 'ip',
        key: {id},
        before: null,
        after: {id, ip_address: '198.51.100.201', assigned_count: 0},
      },
      await ipUpdate(database, '192.0.2.13', {}, {assigned_count: 7, reputation_state: null}),
    ])
    expect(await ipRow(database, '192.0.2.12')).toMatchObject({status: 'degraded'})
    expect(await ipRow(database, '192.0.2.13')).toMatchObject({assigned_count: 7, reputation_state: null})
    expect(await imagesOf(database, change)).toMatchObject([{op: 'update'}, {op: 'insert'}, {op: 'update'}])
  })

  it('writes nothing for no rows, and still leaves its change', async () => {
    const change = await apply(session, [])
    expect(await ask(database, `select command from pm.changes where id = ${change}`)).toEqual([{command: 'pm test'}])
    expect(await imagesOf(database, change)).toEqual([])
  })

  it('writes thousands of rows in one statement each', async () => {
    const rows = Array.from({length: 5_000}, (_, n): RowChange => {
      const id = randomUUID()
      const after = {id, ip_address: `2001:db8:ffff::${n.toString(16)}`, status: 'available', assigned_count: 0}
      return {table: ipTable, label: `ip ${n}`, key: {id}, before: null, after}
    })
    await apply(session, rows)
    await apply(
      session,
      rows.map((row) => ({...row, before: {status: 'available'}, after: {status: 'burned'}})),
    )
    const change = await apply(
      session,
      rows.map((row) => ({...row, before: {status: 'burned'}, after: null})),
    )
    expect(await ask(database, `select count(*) from pm.row_images where change_id = ${change}`)).toEqual([
      {count: 5_000},
    ])
    expect(await ask(database, `select 1 from smtp_ip_addresses where ip_address like '2001:db8:ffff:%'`)).toEqual([])
  })
})
