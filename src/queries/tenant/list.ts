import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {CountedLimit} from '../../rules/plan-limits.ts'
import {liveStatuses, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {chronologically, type Ordering, textually} from '../paging.ts'
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

export function listTenants(db: Reader, {planId, status, deleted, search, limits}: TenantFilter) {
  let tenants = selectTenants(db).where('t.deleted', deleted ? 'is not' : 'is', null)
  if (status?.length) tenants = tenants.where('s.status', 'in', status)
  if (planId !== undefined) tenants = tenants.where('s.plan_id', '=', planId)
  if (planId !== undefined || status?.length) tenants = tenants.where('t.id', 'in', subscribed(db, {planId, status}))
  return tenants
    .select((limits ? limitsExceeded(limits) : sql<CountedLimit[] | null>`null::text[]`).as('over_limit'))
    .$if(search !== undefined, (all) => all.where(beginsWith('t.name', search ?? '')).select('t.name as match'))
}

// What the subscription that counts must be, some subscription of the tenant is: that, an index finds.
function subscribed(db: Reader, {planId, status}: Pick<TenantFilter, 'planId' | 'status'>) {
  let subscriptions = db.selectFrom('subscriptions as f').where('f.tenant_id', 'is not', null)
  if (planId !== undefined) subscriptions = subscriptions.where('f.plan_id', '=', planId)
  if (status?.length) subscriptions = subscriptions.where('f.status', 'in', status)
  return subscriptions.select('f.tenant_id').$narrowType<{tenant_id: string}>()
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
