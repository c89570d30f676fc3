import type {TestDatabase} from './database.ts'
import {ask} from './records.ts'

/** Adds tenants Bulk 1, Bulk 2 …, each subscribed to Growth as Acme is; their names, in order. */
export async function addTenants(database: Pick<TestDatabase, 'owner'>, count: number): Promise<string[]> {
  await ask(
    database,
    `with made as (
       insert into tenants select m.* from generate_series(1, ${count}) n
         cross join lateral jsonb_populate_record((select t from tenants t where name = 'Acme'),
           jsonb_build_object('id', gen_random_uuid(), 'name', 'Bulk ' || n)) m
       returning id, name)
     insert into subscriptions select m.* from made
       cross join lateral jsonb_populate_record(
         (select s from subscriptions s join tenants t on t.id = s.tenant_id where t.name = 'Acme'),
         jsonb_build_object('id', gen_random_uuid(), 'tenant_id', made.id,
           'stripe_subscription_id', 'sub_' || replace(made.name, ' ', ''))) m`,
  )
  return Array.from({length: count}, (_, n) => `Bulk ${n + 1}`)
}

/** The plan that each of the tenants of `addTenants` is to change to, how often: `{scale: 3}`; `none` for none. */
export async function pendingPlans(database: Pick<TestDatabase, 'owner'>): Promise<Record<string, number>> {
  const rows = await ask<{slug: string; count: number}>(
    database,
    `select coalesce(p.slug, 'none') as slug, count(*)::int as count from subscriptions s
     join tenants t on t.id = s.tenant_id left join plans p on p.id = s.pending_plan_id
     where t.name like 'Bulk %' group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map(({slug, count}) => [slug, count]))
}

/** The subscriptions that a change's record says it wrote, how often each image was written beyond once. */
export async function recordedSubscriptions(
  database: Pick<TestDatabase, 'owner'>,
): Promise<{images: number; rows: number}> {
  const [counts] = await ask<{images: number; rows: number}>(
    database,
    `select count(*)::int as images, count(distinct after ->> 'id')::int as rows from pm.row_images
     where table_name = 'public.subscriptions'`,
  )
  return counts ?? {images: 0, rows: 0}
}
