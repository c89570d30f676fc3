import {type RawBuilder, type SqlBool, sql} from 'kysely'
import type {Listing} from '../../db/listing.ts'
import type {Reader} from '../../db/transaction.ts'
import type {CountedLimit} from '../../rules/plan-limits.ts'
import {liveStatuses, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {chronologically, listing, matching, type Ordering, textually, tiedBy} from '../paging.ts'
import {beginsWith} from '../prefix.ts'
import {selectTenants, type TenantRow} from './columns.ts'
import {countedRows} from './usage.ts'

export interface TenantFilter {
  planId?: string | undefined
  /** The state of the subscription that counts. */
  status?: readonly SubscriptionStatus[] | undefined
  /** Only deleted tenants; they are left out otherwise. */
  deleted?: boolean | undefined
  /** How the name begins, in any case. */
  search?: string | undefined
  /** Which limits of their plans to look at; none if left out. */
  limits?: readonly CountedLimit[] | undefined
}

/** A tenant, and which limits of its plan it is beyond; null where none was looked at. */
export interface ListedTenant extends TenantRow {
  over_limit: CountedLimit[] | null
}

export const tenantOrdering: Ordering = {
  by: {tenant: textually, created: chronologically},
  default: 'tenant',
  key: 'id',
  neverNull: ['tenant', 'created'],
}

/** A list of tenants. Of a plan or in a state, who subscribed last comes first, if no other order is asked for. */
export function tenantListing(filter: TenantFilter): Listing<ListedTenant> {
  const isOfSubscriptions = filter.planId !== undefined || Boolean(filter.status?.length)
  const ordering = matching(tenantOrdering, filter.search)
  if (!isOfSubscriptions) return listing(ordering, (db) => listTenants(db, filter))
  if (filter.search !== undefined) return listing(ordering, (db) => ofSubscriptions(db, filter))
  return listing(subscribedOrdering, (db, {sort = subscribedOrdering.default}) =>
    sort.endsWith('subscribed') ? inOrderOfSubscriptions(db, filter) : ofSubscriptions(db, filter),
  )
}

// There is no index of names by what their tenants pay: in the order of names, a page of the few in a rare state would be
// looked for among all.
const subscribedOrdering: Ordering = {
  ...tenantOrdering,
  by: {subscribed: tiedBy('subscription_id', chronologically), ...tenantOrdering.by},
  default: '-subscribed',
  neverNull: ['subscribed', 'tenant', 'created'],
}

function inOrderOfSubscriptions(db: Reader, filter: TenantFilter) {
  return listTenants(db, filter)
    .innerJoin('subscriptions as f', 'f.id', 's.id')
    .whereRef('f.tenant_id', '=', 't.id')
    .where(isWanted('f', filter))
    .select(['f.created as subscribed', 'f.id as subscription_id'])
}

// What the subscription that counts must be, some subscription of the tenant is: that, an index finds.
function ofSubscriptions(db: Reader, filter: TenantFilter) {
  return listTenants(db, filter)
    .where(isWanted('s', filter))
    .where('t.id', 'in', (eb) =>
      eb
        .selectFrom('subscriptions as f')
        .where('f.tenant_id', 'is not', null)
        .where(isWanted('f', filter))
        .select('f.tenant_id')
        .$narrowType<{tenant_id: string}>(),
    )
}

function isWanted(subscription: 'f' | 's', {planId, status}: TenantFilter): RawBuilder<SqlBool> {
  const wanted = [
    ...(planId === undefined ? [] : [sql`${sql.ref(`${subscription}.plan_id`)} = ${planId}`]),
    ...(status?.length ? [sql`${sql.ref(`${subscription}.status`)} in (${sql.join(status)})`] : []),
  ]
  return sql<SqlBool>`${sql.join(wanted, sql` and `)}`
}

/** All tenants that are deleted or not, whose names begin so. */
function listTenants(db: Reader, {deleted, search, limits}: TenantFilter) {
  return selectTenants(db)
    .where('t.deleted', deleted ? 'is not' : 'is', null)
    .select((limits ? limitsExceeded(limits) : sql<CountedLimit[] | null>`null::text[]`).as('over_limit'))
    .$if(search !== undefined, (all) => all.where(beginsWith('t.name', search ?? '')).select('t.name as match'))
}

/**
 * The limits of the plan `p` beyond which there is a row of the tenant's: no more are looked at than the plan allows, nor
 * other tenants. What has ended limits nobody.
 */
function limitsExceeded(limits: readonly CountedLimit[]) {
  const each = limits.map((limit) => {
    const max = sql.ref(`p.${limit}`)
    return sql`case when ${max} is not null
      and exists (select from ${countedRows[limit]} and c.tenant_id = t.id offset ${max}) then ${sql.lit(limit)} end`
  })
  const live = sql.join(liveStatuses.map((status) => sql.lit(status)))
  return sql<CountedLimit[] | null>`case when s.status in (${live})
    then array_remove(array[${sql.join(each)}]::text[], null) else '{}' end`
}
