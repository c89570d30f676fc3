import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Reader, read, stream} from '../../../src/db/transaction.ts'
import type {IpRow} from '../../../src/queries/ip/columns.ts'
import {type IpFilter, ipOrdering, listIps} from '../../../src/queries/ip/list.ts'
import {listing} from '../../../src/queries/paging.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {openSessionAs, type TestSession} from '../../support/session.ts'

let database: TestDatabase
let session: TestSession

beforeAll(async () => {
  database = await freshDatabase()
  session = openSessionAs(database, 'op_viewer')
})
afterAll(async () => {
  await session.close()
  await database.drop()
})

function reading<T>(work: (db: Reader) => Promise<T>): Promise<T> {
  return read(session, 'ip.read', work)
}

/** The addresses that a filter leaves, and those that SQL of our own says it should. */
async function both(filter: IpFilter, condition: string): Promise<[string[], string[]]> {
  const found = await reading((db) => listIps(db, filter).execute())
  const expected = await ask<{ip: string}>(
    database,
    `select i.ip_address as ip from smtp_ip_addresses i join vps_instances v on v.id = i.vps_instance_id where ${condition}`,
  )
  return [found.map(({ip}) => ip).sort(), expected.map(({ip}) => ip).sort()]
}

describe('the list of IPs', () => {
  it('reads the columns of an IP in one statement', async () => {
    const {sql, parameters} = await reading(async (db) => listIps(db, {}).compile())
    expect(sql).toMatchInlineSnapshot(
      `"select "i"."ip_address" as "ip", "i"."status", "i"."reputation_state" as "reputation", coalesce("i"."assigned_count", 0) as "domains", "v"."region", "v"."hostwinds_instance_id" as "vps", coalesce(jsonb_path_query_array(i.provider_blacklist_status, 'lax $.listed[*]'), '[]') as "listed_on", "i"."last_reputation_check" as "checked", "i"."approximate_cost" as "cost", "i"."id" from "smtp_ip_addresses" as "i" left join "vps_instances" as "v" on "v"."id" = "i"."vps_instance_id""`,
    )
    expect(parameters).toEqual([])
  })

  it('has every IP, as operators see it', async () => {
    const rows = await reading((db) => listIps(db, {}).execute())
    expect(rows).toHaveLength(44)
    expect(rows.find(({ip}) => ip === '203.0.113.24')).toEqual({
      ip: '203.0.113.24',
      status: 'warmed',
      reputation: 'poor',
      domains: 9,
      region: 'us-east',
      vps: 'hw-410902',
      listed_on: ['zen.spamhaus.org'],
      checked: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      cost: '3.00',
      id: expect.any(String),
    })
    expect(rows.find(({ip}) => ip === '192.0.2.16')).toMatchObject({reputation: null, checked: null, listed_on: []})
  })

  it.each<[string, IpFilter, string]>([
    ['one status', {status: ['burned']}, `i.status = 'burned'`],
    ['several', {status: ['burned', 'quarantined']}, `i.status in ('burned', 'quarantined')`],
    ['a reputation', {reputation: ['poor', 'critical']}, `i.reputation_state in ('poor', 'critical')`],
    ['a region', {region: 'us-west'}, `v.region = 'us-west'`],
    ['a VPS by its Hostwinds id', {vps: 'hw-410902'}, `v.hostwinds_instance_id = 'hw-410902'`],
    ['a VPS by its address', {vps: '203.0.113.5'}, `v.hostwinds_instance_id = 'hw-410902'`],
    [
      'what is listed and not burned',
      {listed: true},
      `jsonb_array_length(i.provider_blacklist_status -> 'listed') > 0 and i.status <> 'burned'`,
    ],
    [
      'what is listed and burned',
      {listed: true, status: ['burned']},
      `jsonb_array_length(i.provider_blacklist_status -> 'listed') > 0 and i.status = 'burned'`,
    ],
    ['what carries nothing', {unassigned: true}, 'i.assigned_count = 0'],
    [
      'what was not checked for a week and is not burned',
      {staleAfterDays: 7},
      `(last_reputation_check is null or last_reputation_check < now() - interval '7 days') and i.status <> 'burned'`,
    ],
    [
      'a tenant, in any case',
      {tenant: 'ACME'},
      `i.id in (select smtp_ip_address_id from domain_ip_assignments a join domains d on d.id = a.domain_id
        where a.status <> 'expired' and d.domain like '%acme%')`,
    ],
    [
      'several of these at once',
      {status: ['warmed'], region: 'us-east', listed: true},
      `i.ip_address = '203.0.113.24'`,
    ],
  ])('filters by %s', async (_, filter, condition) => {
    const [found, expected] = await both(filter, condition)
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(0)
  })

  it.each<[string, IpFilter]>([
    ['an unknown region', {region: 'moon'}],
    ['a region in another case', {region: 'US-EAST'}],
    ['an unknown tenant', {tenant: 'Nobody'}],
    ['a tenant that is a pattern', {tenant: '%'}],
    ['a tenant that is SQL', {tenant: "' or 1 = 1 --"}],
    ['a tenant id that nobody has', {tenant: '00000000-0000-4000-8000-000000000000'}],
    ['an unknown VPS', {vps: 'hw-0'}],
  ])('is empty for %s', async (_, filter) => {
    expect(await reading((db) => listIps(db, filter).execute())).toEqual([])
  })

  it('takes a tenant by its id', async () => {
    const [{id} = {id: ''}] = await ask<{id: string}>(database, `select id from tenants where name = 'Acme'`)
    const byId = await reading((db) => listIps(db, {tenant: id}).execute())
    expect(byId).toEqual(await reading((db) => listIps(db, {tenant: 'acme'}).execute()))
  })

  it('takes empty lists of states for no filter', async () => {
    expect(await reading((db) => listIps(db, {status: [], reputation: []}).execute())).toHaveLength(44)
  })

  it('compiles each filter to a parameter, never to text', async () => {
    const filter = {
      status: ['warmed'],
      reputation: ['good'],
      region: 'us-east',
      vps: 'hw-1',
      tenant: 'acme',
      listed: true,
      unassigned: true,
      staleAfterDays: 7,
    } as const
    const {sql, parameters} = await reading(async (db) => listIps(db, filter).compile())
    expect(sql.slice(sql.indexOf(' where '))).toMatchInlineSnapshot(
      `" where "i"."status" in ($1) and "i"."reputation_state" in ($2) and "v"."region" = $3 and ("v"."hostwinds_instance_id" = $4 or "v"."ip_address" = $5) and jsonb_array_length(jsonb_path_query_array(i.provider_blacklist_status, 'lax $.listed[*]')) > 0 and coalesce("i"."assigned_count", 0) = $6 and coalesce("i"."last_reputation_check", '-infinity'::timestamptz) < now() - make_interval(days => $7) and "i"."id" in (select "a"."smtp_ip_address_id" from "domain_ip_assignments" as "a" inner join "domains" as "d" on "d"."id" = "a"."domain_id" inner join "tenants" as "t" on "t"."id" = "d"."tenant_id" where "a"."status" in ($8, $9, $10) and lower(t.name) = lower($11))"`,
    )
    expect(parameters).toEqual([
      'warmed',
      'good',
      'us-east',
      'hw-1',
      'hw-1',
      0,
      7,
      'active',
      'warming',
      'scheduled',
      'acme',
    ])
  })

  it.each([
    ['null', []],
    [`'[]'`, []],
    [`'{"listed": []}'`, []],
    [`'{"listed": ["a.example"]}'`, ['a.example']],
    [`'{"listed": "a.example"}'`, ['a.example']],
    [`'"none"'`, []],
    [`'7'`, []],
  ])('reads blocklists out of a document of any shape: %s', async (document, listedOn) => {
    await ask(
      database,
      `update smtp_ip_addresses set provider_blacklist_status = ${document} where ip_address = '203.0.113.140'`,
    )
    const rows = await reading((db) => listIps(db, {}).execute())
    expect(rows.find(({ip}) => ip === '203.0.113.140')?.listed_on).toEqual(listedOn)
    const listed = await reading((db) => listIps(db, {listed: true}).execute())
    expect(listed.some(({ip}) => ip === '203.0.113.140')).toBe(listedOn.length > 0)
  })
})

const ips = listing<IpRow>(ipOrdering, (db) => listIps(db, {}))
const fields = Object.keys(ipOrdering.by) as (keyof IpRow)[]
const orders = fields.flatMap((field) => [field, `-${field}`])

describe('the order of the list', () => {
  beforeAll(async () => {
    // Rows with nothing in any column that can be null, twice, so that nulls and ties meet.
    await ask(
      database,
      `insert into smtp_ip_addresses (ip_address) values ('192.0.2.200'), ('192.0.2.201'), ('192.0.2.9')`,
    )
  })

  async function page(sort: string, limit: number, after?: string): Promise<IpRow[]> {
    const rows: IpRow[] = []
    const query = (db: Reader) => ips.query(db, {sort, limit, after})
    for await (const batch of stream(session, 'ip.read', query, {batchSize: 1_000, isWhole: false})) rows.push(...batch)
    return rows
  }

  it.each(orders)('by %s is the same page by page as at once', async (sort) => {
    const whole = await page(sort, 1_000)
    expect(whole).toHaveLength(47)
    for (const size of [1, 5, 46, 47]) {
      const paged: IpRow[] = []
      let after: string | undefined
      for (let rows = await page(sort, size); rows.length > 0; rows = await page(sort, size, after)) {
        paged.push(...rows)
        const last = rows.at(-1)
        after = last && ips.cursor(last, {sort})
      }
      expect(paged.map(({id}) => id)).toEqual(whole.map(({id}) => id))
    }
  })

  it.each(orders)('by %s has its nulls last', async (sort) => {
    const field = sort.replace('-', '') as keyof IpRow
    const values = (await page(sort, 1_000)).map((row) => row[field])
    const known = values.filter((value) => value !== null)
    expect(values.slice(0, known.length)).toEqual(known)
  })

  it.each(fields.filter((field) => field !== 'ip'))('by %s goes up, and down with a minus', async (field) => {
    const up = (await page(field, 1_000)).map((row) => row[field]).filter((value) => value !== null)
    expect(up).toEqual(up.toSorted((one, other) => (one < other ? -1 : Number(one > other))))
    const down = (await page(`-${field}`, 1_000)).map((row) => row[field]).filter((value) => value !== null)
    expect(down).toEqual(up.toReversed())
  })

  it('by IP takes the numbers in an address for numbers', async () => {
    const addresses = (await page('ip', 1_000)).map(({ip}) => ip)
    expect(addresses.slice(0, 3)).toEqual(['192.0.2.9', '192.0.2.10', '192.0.2.11'])
    const version4 = addresses.filter((ip) => !ip.includes(':'))
    const asNumber = (ip: string) => ip.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
    expect(version4).toEqual(version4.toSorted((one, other) => asNumber(one) - asNumber(other)))
  })

  it('compiles to a condition on the key, and to no OFFSET', async () => {
    const row = (await page('-checked', 1)).at(0)
    const after = row && ips.cursor(row, {sort: '-checked'})
    const {sql} = await reading(async (db) => ips.query(db, {sort: '-checked', limit: 10, after}).compile())
    expect(sql.slice(sql.indexOf(' as "listed"'))).toMatchInlineSnapshot(
      `" as "listed" where ("checked" < $1 or "checked" is null or ("checked" = $2 and "id" < $3)) order by "checked" desc nulls last, "id" desc nulls last limit $4"`,
    )
  })
})
