import {type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {CountedLimit} from '../../rules/plan-limits.ts'
import {liveStatuses, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {chronologically, type Ordering, textually} from '../paging.ts'
import {beginsWith} from '../prefix.ts'
import {selectTenants} from './columns.ts'
import {countedRows} from './usage.ts'

export interface TenantFilter {
  planId?: string | undefined
  /** The state of the subscription that counts. */
  status?: readonly SubscriptionStatus[] | undefined
  /** Only deleted tenants; they are left out otherwise. */
  deleted?: boolean | undefined
  /** How the name begins, in any case. */
  search?: string | undefined
  /** Only tenants beyond one of these limits of their plan. */
  over?: readonly CountedLimit[] | undefined
}

export const tenantOrdering: Ordering = {
  by: {tenant: textually, created: chronologically},
  default: 'tenant',
  key: 'id',
  neverNull: ['tenant', 'created'],
}

export function listTenants(db: Reader, {planId, status, deleted, search, over}: TenantFilter) {
  let tenants = selectTenants(db).where('t.deleted', deleted ? 'is not' : 'is', null)
  if (search !== undefined) tenants = tenants.where(beginsWith('t.name', search))
  if (status?.length) tenants = tenants.where('s.status', 'in', status)
  if (planId !== undefined) tenants = tenants.where('s.plan_id', '=', planId)
  if (planId !== undefined || status?.length) tenants = tenants.where('t.id', 'in', subscribed(db, {planId, status}))
  if (over) tenants = tenants.where('s.status', 'in', liveStatuses).where(isOver(over))
  return tenants
}

// What the subscription that counts must be, some subscription of the tenant is: that, an index finds.
function subscribed(db: Reader, {planId, status}: Pick<TenantFilter, 'planId' | 'status'>) {
  let subscriptions = db.selectFrom('subscriptions as f').where('f.tenant_id', 'is not', null)
  if (planId !== undefined) subscriptions = subscriptions.where('f.plan_id', '=', planId)
  if (status?.length) subscriptions = subscriptions.where('f.status', 'in', status)
  return subscriptions.select('f.tenant_id').$narrowType<{tenant_id: string}>()
}

/** Whether there is a row behind as many as the plan `p` allows: no more are looked at, nor other tenants. */
function isOver(limits: readonly CountedLimit[]) {
  const beyond = limits.map((limit) => {
    const max = sql.ref(`p.${limit}`)
    return sql`(${max} is not null
      and exists (select from ${countedRows[limit]} and c.tenant_id = t.id offset ${max}))`
  })
  const candidates = sql.join(limits.map(candidatesFor), sql` union all `)
  return sql<SqlBool>`(t.id = any(array(${candidates})) and (${sql.join(beyond, sql` or `)}))`
}

// Tenants that have more than some plan they subscribed to allows, all weighed at once: one by one takes minutes.
function candidatesFor(limit: CountedLimit) {
  return sql`select f.tenant_id
    from (select c.tenant_id, count(*) as used from ${countedRows[limit]} group by c.tenant_id) n
    join subscriptions f on f.tenant_id = n.tenant_id join plans l on l.id = f.plan_id
    where n.used > ${sql.ref(`l.${limit}`)}`
}
