import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {RowChange} from '../../src/changes/plan.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {apply, assignmentTable, ipRow, ipTable, ipUpdate} from '../support/engine.ts'
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

describe('two plans over the same rows', () => {
  it('wait for each other and never deadlock, whatever their order', async () => {
    const other = openSessionAs(database, 'op_operations', undefined, 4)
    const addresses = ['198.51.100.33', '198.51.100.35', '198.51.100.36', '198.51.100.141', '198.51.100.142']
    const ids = await Promise.all(addresses.map(async (ip) => String((await ipRow(database, ip)).id)))
    // Different columns for the first and the second half make two sets of one table; the other plan has them swapped.
    const rows = (first: readonly string[], second: readonly string[]): RowChange[] => [
      ...first.map((id) => ({table: ipTable, label: id, key: {id}, before: {}, after: {assigned_count: 1}}) as const),
      ...second.map(
        (id) => ({table: ipTable, label: id, key: {id}, before: {}, after: {reputation_state: 'good'}}) as const,
      ),
    ]
    const mine = rows(ids.slice(0, 3), ids.slice(3))
    const theirs = rows(ids.slice(3).reverse(), ids.slice(0, 3).reverse())
    for (let round = 0; round < 50; round += 1) {
      const ended = await Promise.allSettled([
        apply(session, mine),
        apply(other, theirs),
        apply(session, mine),
        apply(other, theirs),
      ])
      expect(ended.map(({status}) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'])
    }
    await other.close()
  })

  it('never deadlock over several tables either', async () => {
    const other = openSessionAs(database, 'op_operations', undefined, 4)
    const [assignment] = await ask<{id: string}>(database, 'select id from domain_ip_assignments order by id limit 1')
    const first: RowChange = {
      table: assignmentTable,
      label: 'assignment',
      key: {id: assignment?.id ?? ''},
      before: {},
      after: {warmup_state: 'warmed'},
    }
    const second = await ipUpdate(database, '198.51.100.143', {}, {assigned_count: 3})
    for (let round = 0; round < 30; round += 1) {
      const ended = await Promise.allSettled([apply(session, [first, second]), apply(other, [second, first])])
      expect(ended.map(({status}) => status)).toEqual(['fulfilled', 'fulfilled'])
    }
    await other.close()
  })
})
