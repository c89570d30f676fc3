import {randomUUID} from 'node:crypto'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {RowChange} from '../../src/changes/plan.ts'
import {Conflict} from '../../src/rules/errors.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {apply, ipRow, ipTable, ipUpdate, untilSomebodyWaits} from '../support/engine.ts'
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

describe('a row that changed since it was planned', () => {
  it('stops everything, and the labels of all such rows are listed', async () => {
    const rows = [
      await ipUpdate(database, '203.0.113.20', {status: 'warmed'}, {status: 'degraded'}),
      await ipUpdate(database, '203.0.113.21', {status: 'burned'}, {status: 'degraded'}),
      await ipUpdate(database, '203.0.113.22', {reputation_state: null}, {reputation_state: 'good'}),
    ]
    const before = await ask(database, 'select to_jsonb(t) from smtp_ip_addresses t order by id')
    const changes = await ask(database, 'select count(*) from pm.changes')
    await expect(apply(session, rows)).rejects.toMatchObject({
      reason: 'conflict',
      message: 'Changed since it was planned: ip 203.0.113.21, ip 203.0.113.22. Nothing was changed.',
      hint: 'Run the command again to see how things stand now.',
      details: {changed: ['ip 203.0.113.21', 'ip 203.0.113.22']},
    })
    expect(await ask(database, 'select to_jsonb(t) from smtp_ip_addresses t order by id')).toEqual(before)
    expect(await ask(database, 'select count(*) from pm.changes')).toEqual(changes)
  })

  it('is told from those between which it stands, whether or not the same is planned with them', async () => {
    const status = String((await ipRow(database, '203.0.113.20')).status)
    const rows = [
      await ipUpdate(database, '203.0.113.20', {status}, {assigned_count: 7}),
      await ipUpdate(database, '203.0.113.21', {status: 'no such'}, {assigned_count: 8}),
      await ipUpdate(database, '203.0.113.22', {status: 'no such'}, {assigned_count: 7}),
      {...(await ipUpdate(database, '203.0.113.20', {status}, {assigned_count: 7})), label: 'the same again'},
      {
        ...(await ipUpdate(database, '203.0.113.21', {status: 'no such'}, {assigned_count: 8})),
        label: 'the other again',
      },
    ]
    await expect(apply(session, rows)).rejects.toMatchObject({
      details: {changed: ['ip 203.0.113.21', 'ip 203.0.113.22', 'the other again']},
    })
  })

  it('is one that is gone, too', async () => {
    const row = {
      table: ipTable,
      label: 'ip gone',
      key: {id: randomUUID()},
      before: {},
      after: {status: 'burned'},
    } as const
    await expect(apply(session, [row])).rejects.toMatchObject({details: {changed: ['ip gone']}})
    await expect(apply(session, [{...row, before: {status: 'burned'}, after: null}])).rejects.toMatchObject({
      details: {changed: ['ip gone']},
    })
  })

  it('is listed by its first five and a number where there are many', async () => {
    const rows = Array.from({length: 8}, (_, n): RowChange => {
      return {table: ipTable, label: `ip ${n}`, key: {id: randomUUID()}, before: {}, after: {status: 'burned'}}
    })
    await expect(apply(session, rows)).rejects.toThrow(
      'Changed since it was planned: ip 0, ip 1, ip 2, ip 3, ip 4 and 3 more. Nothing was changed.',
    )
  })

  it('is found wherever it differs: a null is not an empty text, and jsonb is not its text', async () => {
    await expect(
      apply(session, [await ipUpdate(database, '192.0.2.16', {reputation_state: ''}, {status: 'burned'})]),
    ).rejects.toThrow(Conflict)
    await expect(
      apply(session, [await ipUpdate(database, '192.0.2.17', {provider_blacklist_status: null}, {status: 'burned'})]),
    ).rejects.toThrow(Conflict)
  })

  it('is not one whose other columns changed', async () => {
    await ask(database, `update smtp_ip_addresses set approximate_cost = 9.99 where ip_address = '203.0.113.23'`)
    await apply(session, [await ipUpdate(database, '203.0.113.23', {status: 'degraded'}, {status: 'quarantined'})])
    expect(await ipRow(database, '203.0.113.23')).toMatchObject({status: 'quarantined', approximate_cost: 9.99})
  })

  it('is one that another session changed while this one waited for it', async () => {
    const row = await ipUpdate(database, '203.0.113.25', {status: 'available'}, {status: 'burned'})
    let applied: Promise<unknown> = Promise.resolve()
    await database.owner.db.transaction().execute(async (trx) => {
      await sql`update smtp_ip_addresses set status = 'quarantined' where ip_address = '203.0.113.25'`.execute(trx)
      applied = apply(session, [row]).catch((error: unknown) => error)
      await untilSomebodyWaits(database)
    })
    expect(await applied).toMatchObject({reason: 'conflict', details: {changed: ['ip 203.0.113.25']}})
    expect(await ipRow(database, '203.0.113.25')).toMatchObject({status: 'quarantined'})
  })

  it('is not one that another session changed and put back while this one waited', async () => {
    const row = await ipUpdate(database, '203.0.113.27', {status: 'assigned'}, {status: 'degraded'})
    let applied: Promise<unknown> = Promise.resolve()
    await database.owner.db
      .transaction()
      .execute(async (trx) => {
        await sql`update smtp_ip_addresses set status = 'burned' where ip_address = '203.0.113.27'`.execute(trx)
        applied = apply(session, [row])
        await untilSomebodyWaits(database)
        throw new Error('rolled back')
      })
      .catch(() => {})
    await applied
    expect(await ipRow(database, '203.0.113.27')).toMatchObject({status: 'degraded'})
  })
})

describe('a plan that cannot be carried out as it is', () => {
  it('is refused where one row is planned twice', async () => {
    const row = await ipUpdate(database, '203.0.113.28', {status: 'quarantined'}, {status: 'burned'})
    await expect(apply(session, [row, row])).rejects.toThrow(
      'Only 1 of 2 rows of public.smtp_ip_addresses could be written. Nothing was changed.',
    )
    expect(await ipRow(database, '203.0.113.28')).toMatchObject({status: 'quarantined'})
  })

  it('is refused where the table silently takes fewer rows', async () => {
    await ask(
      database,
      `create function public.leave_out() returns trigger language plpgsql as 'begin return null; end'`,
    )
    await ask(
      database,
      `create trigger skip before update on smtp_ip_addresses for each row
       when (new.ip_address = '198.51.100.30') execute function public.leave_out()`,
    )
    const rows = [
      await ipUpdate(database, '198.51.100.30', {status: 'warmed'}, {status: 'degraded'}),
      await ipUpdate(database, '198.51.100.31', {status: 'warmed'}, {status: 'degraded'}),
    ]
    await expect(apply(session, rows)).rejects.toThrow('Only 1 of 2 rows of public.smtp_ip_addresses could be written.')
    expect(await ipRow(database, '198.51.100.31')).toMatchObject({status: 'warmed'})
  })

  it('is refused where what it deletes would take other rows along', async () => {
    const before = await ask(database, 'select to_jsonb(t) from domain_ip_assignments t order by id')
    const row = {...(await ipUpdate(database, '198.51.100.140', {}, null)), before: {status: 'warmed'}}
    await expect(apply(session, [row])).rejects.toMatchObject({
      reason: 'conflict',
      message: '3 more rows would go with what goes. Nothing was changed.',
    })
    expect(await ask(database, 'select to_jsonb(t) from domain_ip_assignments t order by id')).toEqual(before)
  })

  it('is refused by the database where a value is none of the column', async () => {
    await expect(apply(session, [await ipUpdate(database, '198.51.100.32', {}, {status: 'sleeping'})])).rejects.toThrow(
      /check constraint/,
    )
    expect(await ipRow(database, '198.51.100.32')).toMatchObject({status: 'warmed'})
  })
})
