import {afterAll, beforeAll, expect, test} from 'vitest'
import {read} from '../../../src/db/transaction.ts'
import {type ListedTenant, tenantListing} from '../../../src/queries/tenant/list.ts'
import type {SubscriptionStatus} from '../../../src/rules/subscription-status.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {openSessionAs, type TestSession} from '../../support/session.ts'

let database: TestDatabase
let session: TestSession

// Of three tenants each: subscribed at one moment; never known when; canceled twice at one moment; canceled, and
// subscribed again; unpaid.
beforeAll(async () => {
  database = await freshDatabase()
  await ask(
    database,
    `with t as (insert into tenants (id, name)
      select gen_random_uuid(), kind || ' ' || n from unnest(array['once', 'undated', 'twice', 'again', 'unpaid']) kind,
        generate_series(1, 3) n returning id, name)
    insert into subscriptions (tenant_id, plan_id, status, created)
    select t.id, p.id, s.status, s.created from t join plans p on p.slug = 'growth' join (values
      ('once', 'past_due', timestamptz '2025-05-01'), ('undated', 'canceled', null),
      ('twice', 'canceled', '2025-05-02'), ('twice', 'canceled', '2025-05-02'),
      ('again', 'canceled', '2025-05-03'), ('again', 'past_due', '2025-05-01'),
      ('unpaid', 'unpaid', '2025-05-01')) s (kind, status, created) on t.name like s.kind || ' _'`,
  )
  session = openSessionAs(database, 'op_admin')
})

afterAll(async () => {
  await session.close()
  await database.drop()
})

/** The names in a list that is gone through two at a time. */
async function inPages(status: readonly SubscriptionStatus[], sort: string): Promise<string[]> {
  const tenants = tenantListing({status})
  const names: string[] = []
  let after: string | undefined
  do {
    const page = {sort, after, limit: 2}
    const rows = await read(session, 'tenant.read', (db) => tenants.query(db, page).execute())
    names.push(...rows.map(({tenant}) => tenant ?? ''))
    const last: ListedTenant | undefined = rows[1]
    after = last && tenants.cursor(last, page)
  } while (after !== undefined)
  return names.filter((name) => /^(once|undated|twice|again|unpaid) /.test(name))
}

test.each<[readonly SubscriptionStatus[], readonly string[]]>([
  [['past_due'], ['again', 'once']],
  [['canceled'], ['twice', 'undated']],
  [
    ['past_due', 'canceled'],
    ['again', 'once', 'twice', 'undated'],
  ],
])('a list of those who are %j goes on from page to page and names each once', async (status, kinds) => {
  const wanted = kinds.flatMap((kind) => [1, 2, 3].map((n) => `${kind} ${n}`))
  const latestFirst = await inPages(status, '-subscribed')
  expect(latestFirst.toSorted()).toEqual(wanted)
  expect(await inPages(status, 'subscribed')).toEqual(latestFirst.toReversed())
  expect(await inPages(status, 'tenant')).toEqual(wanted)
})

test('who subscribed last comes first, and of whom nobody knows when, last', async () => {
  const kinds = (await inPages(['past_due', 'canceled'], '-subscribed')).map((name) => name.split(' ')[0])
  expect([kinds.slice(0, 3), kinds.slice(3, 9).toSorted(), kinds.slice(9)]).toEqual([
    ['twice', 'twice', 'twice'],
    ['again', 'again', 'again', 'once', 'once', 'once'],
    ['undated', 'undated', 'undated'],
  ])
})
