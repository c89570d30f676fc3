import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, expectTypeOf, it} from 'vitest'
import {applyRows} from '../../src/changes/apply.ts'
import type {RowChange} from '../../src/changes/plan.ts'
import type {Connection} from '../../src/db/connection.ts'
import {type AuditedTransaction, type Reader, write} from '../../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {header, ipRow, ipUpdate} from '../support/engine.ts'
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

describe('who may call it', () => {
  it('nobody with a plain connection, a transaction of their own or a Reader', () => {
    expectTypeOf<Connection['db']>().not.toExtend<AuditedTransaction>()
    expectTypeOf<Connection>().not.toExtend<AuditedTransaction>()
    expectTypeOf<Reader>().not.toExtend<AuditedTransaction>()
    const never = () => {
      // @ts-expect-error: a plain connection is not audited.
      void applyRows(database.owner, [])
      // @ts-expect-error: neither is Kysely itself.
      void applyRows(database.owner.db, [])
      // @ts-expect-error: nobody can make one; its brand is a symbol that no other file knows.
      void applyRows({db: database.owner.db, reader: database.owner.db, changeId: 1, enforcedBy: 'database'}, [])
    }
    expect(never).toBeTypeOf('function')
  })

  it('nobody for a table that pm does not guard', () => {
    // @ts-expect-error: payments are Stripe's.
    const row: RowChange = {table: 'public.payments', label: 'payment', key: {id: ''}, before: {}, after: {}}
    expect(row.table).toBe('public.payments')
  })

  it('no Reader can write', () => {
    const never = (reader: Reader) => {
      // @ts-expect-error: it reads.
      void reader.updateTable('users').set({name: ''})
      // @ts-expect-error: it reads.
      void reader.insertInto('users').values({id: ''})
      // @ts-expect-error: it reads.
      void reader.deleteFrom('users').execute()
    }
    expect(never).toBeTypeOf('function')
  })
})

describe('an error swallowed inside of a write', () => {
  it('does not look like success', async () => {
    const before = await ipRow(database, '198.51.100.144')
    const row = await ipUpdate(database, '198.51.100.144', {status: 'assigned'}, {status: 'quarantined'})
    const swallowing = write(session, header(), async (trx) => {
      await applyRows(trx, [row])
      await sql`select 1 / 0`.execute(trx.db).catch(() => {})
    })
    await expect(swallowing).rejects.toThrow(/current transaction is aborted/)
    expect(await ipRow(database, '198.51.100.144')).toEqual(before)
  })

  it('does not hide a conflict either', async () => {
    const before = await ipRow(database, '198.51.100.145')
    const wrong = await ipUpdate(database, '198.51.100.145', {status: 'burned'}, {status: 'quarantined'})
    // A conflict is pm's own and aborts nothing in the database: what was not written stays as it was.
    await write(session, header(), async (trx) => {
      await applyRows(trx, [wrong]).catch(() => {})
    })
    expect(await ipRow(database, '198.51.100.145')).toEqual(before)
  })
})
