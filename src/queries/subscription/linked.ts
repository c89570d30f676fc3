import {type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../../rules/subscription-status.ts'
import {selectSubscriptions} from './columns.ts'

/** The subscriptions with these Stripe ids. */
export function subscriptionsOfStripe(db: Reader, ids: readonly string[]) {
  return selectLinked(db).where('s.stripe_subscription_id', 'in', ids).execute()
}

/**
 * Every subscription that Stripe should know, as far as it was here before this moment; what ended without ever having
 * had a Stripe id is none.
 */
export function selectLinkedBefore(db: Reader, moment: string) {
  return selectLinked(db)
    .where((eb) => eb.or([eb('s.stripe_subscription_id', 'is not', null), eb('s.status', 'in', liveStatuses)]))
    .where(sql<SqlBool>`coalesce(s.created < ${moment}, true)`)
}

/** The tenants of these Stripe customers. */
export async function tenantsOfCustomers(
  db: Reader,
  customers: readonly string[],
): Promise<ReadonlyMap<string, {id: string; name: string | null}>> {
  if (customers.length === 0) return new Map()
  const rows = await db
    .selectFrom('tenant_config as c')
    .innerJoin('tenants as t', 't.id', 'c.tenant_id')
    .where('c.stripe_customer_id', 'in', customers)
    .select(['c.stripe_customer_id as customer', 't.id', 't.name'])
    .execute()
  return new Map(rows.map(({customer, id, name}) => [customer ?? '', {id, name}]))
}

function selectLinked(db: Reader) {
  return selectSubscriptions(db).select('p.stripe_product_id as product')
}
