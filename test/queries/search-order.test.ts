import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Listing} from '../../src/db/listing.ts'
import {type Reader, read} from '../../src/db/transaction.ts'
import {campaignOrdering, listCampaigns} from '../../src/queries/campaign/list.ts'
import {companyOrdering, listCompanies} from '../../src/queries/company/list.ts'
import {domainOrdering, listDomains} from '../../src/queries/domain/list.ts'
import {listing, matching} from '../../src/queries/paging.ts'
import {tenantListing} from '../../src/queries/tenant/list.ts'
import {listUsers, userOrdering} from '../../src/queries/user/list.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {ask} from '../support/records.ts'
import {openSessionAs, type TestSession} from '../support/session.ts'

let database: TestDatabase
let session: TestSession

const names = ['Zz%_\\', 'zz', 'ZZ b', 'zz B', 'Zz ä', 'zz\u{1F600}', 'zz%', 'zzz', 'zy', 'a zz']
const quoted = names.map((name) => `$n$${name}$n$`).join(', ')

beforeAll(async () => {
  database = await freshDatabase()
  await ask(
    database,
    `with t as (insert into tenants (id, name) select gen_random_uuid(), unnest(array[${quoted}]) returning id, name),
    c as (insert into companies (id, tenant_id, name) select gen_random_uuid(), id, name from t),
    k as (insert into campaigns (id, tenant_id, company_id, name) select gen_random_uuid(), t.id, (select id from companies limit 1), t.name from t),
    d as (insert into domains (id, tenant_id, domain) select gen_random_uuid(), id, name from t),
    u as (insert into users (id, email, name) select gen_random_uuid(), 'zz' || row_number() over () || '@z.example', name from t)
    insert into users (id, email, name) values (gen_random_uuid(), 'nobody@z.example', 'zz'),
      (gen_random_uuid(), 'ZZ', 'ZZ'), (gen_random_uuid(), null, 'zz')`,
  )
  session = openSessionAs(database, 'op_admin')
})

afterAll(async () => {
  await session.close()
  await database.drop()
})

type Found = {id: string; match?: string | null}

const lists: Record<string, (search: string) => Listing<Found>> = {
  campaigns: (search) => listing(matching(campaignOrdering, search), (db) => listCampaigns(db, {search})),
  companies: (search) => listing(matching(companyOrdering, search), (db) => listCompanies(db, {search})),
  domains: (search) => listing(matching(domainOrdering, search), (db) => listDomains(db, {search})),
  tenants: (search) => tenantListing({search}),
  users: (search) => listing(matching(userOrdering, search), (db) => listUsers(db, {search})),
}

for (const [plural, searched] of Object.entries(lists)) {
  test(`${plural} that are searched come by what was found, exactly what was typed first`, async () => {
    const found = await all(searched('ZZ'), 'match')
    const keys = found.map(({match}) => match?.toLowerCase() ?? '')
    expect(keys).toEqual(keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
    expect(keys[0]).toBe('zz')
    expect(keys.filter((key) => !key.startsWith('zz'))).toEqual([])
    expect(new Set(found.map(({id}) => id)).size).toBe(found.length)
    expect(found).toHaveLength(plural === 'users' ? 13 : 8)
  })

  test.each(['match', '-match'])(`${plural} that are searched are paged by that, sorted by %s`, async (sort) => {
    const list = searched('zz')
    const pages: Found[] = []
    for (let after: string | undefined; ; ) {
      const page = await reading((db) => list.query(db, {sort, after, limit: 2}).execute())
      pages.push(...page)
      const last = page.at(-1)
      if (!last) break
      after = list.cursor(last, {sort})
    }
    expect(pages).toEqual(await all(list, sort))
    expect(pages.map(({id}) => id)).toEqual(
      sort === 'match' ? pages.map(({id}) => id) : (await all(list, 'match')).map(({id}) => id).reverse(),
    )
  })

  test(`what stands for anything in a pattern stands for itself in a search of ${plural}`, async () => {
    const found = await all(searched('zz%_\\'), 'match')
    expect(found.map(({match}) => match)).toEqual(['Zz%_\\'])
    expect(await all(searched('_z'), 'match')).toEqual([])
  })
}

function all(list: Listing<Found>, sort: string): Promise<Found[]> {
  return reading((db) => list.query(db, {sort}).execute())
}

function reading<T>(work: (db: Reader) => Promise<T>): Promise<T> {
  return read(session, 'none', work)
}
