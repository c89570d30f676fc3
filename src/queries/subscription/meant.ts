import {type RawBuilder, sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import {liveStatuses, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {isUuid} from '../tenant/matches.ts'

/** A subscription that one of many names means; without an id where the tenant has none that lives. */
export interface MeantSubscription {
  /** As it was named; where subscriptions were selected, its own id. */
  name: string
  tenant_id: string
  tenant: string | null
  deleted: boolean
  id: string | null
  stripe_subscription_id: string | null
  status: SubscriptionStatus | null
  plan_id: string | null
  pending_plan_id: string | null
}

/** Which subscriptions, where they are not named one by one. */
export interface SubscriptionSelection {
  planId?: string | undefined
  status?: readonly SubscriptionStatus[] | undefined
}

/** Which part of a selection: at most so many, behind the id of the last one seen. */
interface Part {
  after: string | null
  most: number
}

/**
 * What each of many names means, as `getTenant` and `getSubscription` would say: all tenants that it fits with all of
 * their live subscriptions; a subscription that is named itself in any state. A name that fits nothing has no row.
 */
export async function listMeant(db: Reader, names: readonly string[]): Promise<MeantSubscription[]> {
  const kinds = [...Map.groupBy(names, kindOf)]
  if (kinds.length === 0) return []
  const meanings = kinds.flatMap(([kind, some]) => meaningsOf(kind, sql`unnest(${some}::text[]) n (name)`))
  return readRaw(db, sql<MeantSubscription>`${sql.join(meanings, sql` union all `)}`)
}

/** The live subscriptions of a selection, by their ids. */
export async function listSelected(
  db: Reader,
  {planId, status = liveStatuses}: SubscriptionSelection,
  {after, most}: Part,
): Promise<MeantSubscription[]> {
  const ofPlan = planId === undefined ? sql`true` : sql`s.plan_id = ${planId}`
  const behind = after === null ? sql`true` : sql`s.id > ${after}`
  return readRaw(
    db,
    sql<MeantSubscription>`select s.id::text as name, ${columns} from subscriptions s join tenants t on t.id = s.tenant_id
      where ${ofPlan} and s.status = any(${[...status]}::text[]) and ${behind} order by s.id limit ${most}`,
  )
}

const columns = sql`t.id as tenant_id, t.name as tenant, t.deleted is not null as deleted, s.id, s.stripe_subscription_id,
  s.status, s.plan_id, s.pending_plan_id`

/** A query for each way of naming that occurs, so that each finds its index. */
function meaningsOf(kind: Kind, named: RawBuilder<unknown>): RawBuilder<unknown>[] {
  return [
    ...tenantsMeant[kind].map((meant) => ofTenants(meant(named))),
    ...subscriptionsMeant[kind].map((same) => themselves(named, same)),
  ]
}

function ofTenants(meant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select m.name, ${columns} from (${meant}) m (name, tenant_id) cross join ${each('tenants', sql`id = m.tenant_id`)} t
    left join ${each('subscriptions', sql`tenant_id = m.tenant_id and status <> 'canceled'`)} s on true`
}

function themselves(named: RawBuilder<unknown>, same: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select n.name, ${columns} from ${named} cross join ${each('subscriptions', same)} s
    cross join ${each('tenants', sql`id = s.tenant_id`)} t`
}

// OFFSET 0 has each sought by itself, by its index: the planner would rather read whole tables, at every batch of names.
function each(table: string, same: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lateral (select * from ${sql.table(table)} where ${same} offset 0)`
}

type Kind = 'uuid' | 'stripe customer' | 'stripe subscription' | 'words'

function kindOf(name: string): Kind {
  if (isUuid(name)) return 'uuid'
  if (/^cus_\w+$/.test(name)) return 'stripe customer'
  return /^sub_\w+$/.test(name) ? 'stripe subscription' : 'words'
}

/** Names with the ids of the tenants that they mean. */
const tenantsMeant: Readonly<Record<Kind, readonly ((named: RawBuilder<unknown>) => RawBuilder<unknown>)[]>> = {
  uuid: [(named) => sql`select n.name, n.name::uuid from ${named}`],
  'stripe customer': [
    (named) => sql`select n.name, c.tenant_id from ${named} join tenant_config c on c.stripe_customer_id = n.name`,
  ],
  'stripe subscription': [],
  // A domain counts only where no tenant has the name.
  words: [
    (named) => sql`select n.name, t.id from ${named} join tenants t on lower(t.name) = lower(n.name)`,
    (named) => sql`select distinct n.name, d.tenant_id from ${named} join domains d on lower(d.domain) = lower(n.name)
      where not exists (select from tenants t where lower(t.name) = lower(n.name))`,
  ],
}

/** Whether a subscription is the one that is named itself. */
const subscriptionsMeant: Readonly<Record<Kind, readonly RawBuilder<unknown>[]>> = {
  uuid: [sql`id = n.name::uuid`],
  'stripe customer': [],
  'stripe subscription': [sql`stripe_subscription_id = n.name`],
  words: [],
}
