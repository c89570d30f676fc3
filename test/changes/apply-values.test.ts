import {randomUUID} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {applyRows} from '../../src/changes/apply.ts'
import type {RowChange} from '../../src/changes/plan.ts'
import {write} from '../../src/db/transaction.ts'
import {Conflict} from '../../src/rules/errors.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {apply, assignmentTable, header, ipTable} from '../support/engine.ts'
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

describe('values', () => {
  it.each<[string, RowChange['table'], string, string, RowChange['after']]>([
    [
      'jsonb, with nulls, nesting, quotes and characters beyond ASCII',
      ipTable,
      'provider_blacklist_status',
      'id',
      {provider_blacklist_status: {listed: [], 'a"b': {c: [1.5, null, true, '\u{1f427}', "it's"]}, text: '\\u0041'}},
    ],
    ['jsonb that is a text', ipTable, 'provider_blacklist_status', 'id', {provider_blacklist_status: 'a "text"'}],
    ['jsonb that is a list', ipTable, 'provider_blacklist_status', 'id', {provider_blacklist_status: [1, 'two', null]}],
    [
      'a time with microseconds',
      ipTable,
      'last_reputation_check',
      'id',
      {last_reputation_check: '2026-11-20T08:24:00.123456+00:00'},
    ],
    ['null in a time', ipTable, 'last_reputation_check', 'id', {last_reputation_check: null}],
    ['null in jsonb', ipTable, 'provider_blacklist_status', 'id', {provider_blacklist_status: null}],
    ['a whole number', ipTable, 'assigned_count', 'id', {assigned_count: 2_147_483_647}],
    ['null in a text', ipTable, 'reputation_state', 'id', {reputation_state: null}],
    ['a date of another zone', assignmentTable, 'expires', 'id', {expires: '2026-11-20T00:00:00+00:00'}],
    ['a boolean', 'public.feature_flags', 'is_enabled', 'id', {is_enabled: true}],
    ['an empty text', 'public.feature_flags', 'description', 'id', {description: ''}],
    ['a text of several lines', 'public.feature_flags', 'description', 'id', {description: 'a\n\tb\r\nc\\n'}],
    ['a large whole number', 'public.plans', 'max_emails_per_month', 'id', {max_emails_per_month: 2_000_000_000}],
  ])('are kept exactly: %s', async (_, table, column, key, after) => {
    const [found] = await ask<{id: string; old: never}>(
      database,
      `select ${key} as id, to_jsonb(${column}) as old from ${table} order by 1 limit 1`,
    )
    const row = {table, label: 'row', key: {id: found?.id ?? ''}}
    const permission = table.endsWith('plans') ? 'plan.write' : table.endsWith('flags') ? 'flags.write' : 'ip.write'
    const put = (change: RowChange) => write(session, header(permission), (trx) => applyRows(trx, [change]))
    const now = async () =>
      (await ask(database, `select to_jsonb(${column}) as old from ${table} where id = '${found?.id}'`))[0]
    await put({...row, before: {[column]: found?.old ?? null}, after})
    expect(await now()).toEqual({old: after?.[column]})
    // Back again: the new value must be recognized as what the plan relies on.
    await put({...row, before: after, after: {[column]: found?.old ?? null}})
    expect(await now()).toEqual({old: found?.old})
  })

  it('are kept exactly: a decimal, given as a text', async () => {
    const id = randomUUID()
    const row = {id, ip_address: '198.51.100.202', approximate_cost: '9999.90'}
    await apply(session, [{table: ipTable, label: 'ip', key: {id}, before: null, after: row}])
    expect(await ask(database, `select approximate_cost from smtp_ip_addresses where id = '${id}'`)).toEqual([
      {approximate_cost: '9999.90'},
    ])
    const gone = (approximate_cost: string) =>
      apply(session, [{table: ipTable, label: 'ip', key: {id}, before: {approximate_cost}, after: null}])
    await expect(gone('9999.89')).rejects.toThrow(Conflict)
    await gone('9999.9')
  })

  it('are kept exactly: a list of texts with commas, braces, quotes and nothing', async () => {
    const [member] = await ask<{tenant_id: string; user_id: string}>(
      database,
      `select tenant_id, user_id from tenant_users where roles = '{owner}' order by 1 limit 1`,
    )
    const row = {table: 'public.tenant_users', label: 'member', key: {...member}} as const
    const roles = ['a,b', '{c}', '"d"', '', 'NULL', 'e f', '\\']
    const put = (change: RowChange) => write(session, header('tenant.write'), (trx) => applyRows(trx, [change]))
    const now = () =>
      ask(
        database,
        `select roles from tenant_users where (tenant_id, user_id) = ('${member?.tenant_id}', '${member?.user_id}')`,
      )
    await put({...row, before: {roles: ['owner']}, after: {roles}})
    expect(await now()).toEqual([{roles}])
    await put({...row, before: {roles}, after: {roles: []}})
    expect(await now()).toEqual([{roles: []}])
    await put({...row, before: {roles: []}, after: {roles: null}})
    expect(await now()).toEqual([{roles: null}])
    await put({...row, before: {roles: null}, after: {roles: ['owner']}})
    expect(await now()).toEqual([{roles: ['owner']}])
  })
})
