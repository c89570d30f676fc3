import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isLive} from '../../rules/subscription-status.ts'
import {getTenant} from '../tenant/find.ts'
import {isUuid} from '../tenant/matches.ts'
import {type SubscriptionRow, selectSubscriptions} from './columns.ts'

/**
 * The subscription an operator named: by its id, its Stripe id, or its tenant: of a tenant the live one, else the last.
 * @throws NotFound; Conflict where a tenant has several live ones.
 */
export async function getSubscription(db: Reader, named: string): Promise<SubscriptionRow> {
  const [subscription] = await byId(db, named)
  if (subscription) return subscription
  if (/^sub_\w+$/.test(named)) throw unknown(named)
  const tenant = await getTenant(db, named)
  const all = await subscriptionsOf(db, tenant.id)
  const [live, another] = all.filter(({status}) => isLive(status))
  if (another) throw several(tenant.name ?? tenant.id, all)
  const chosen = live ?? all[0]
  if (!chosen) throw new NotFound(`${tenant.name ?? tenant.id} has no subscription.`, {details: {tenant_id: tenant.id}})
  return chosen
}

/** All of a tenant's subscriptions, newest first. */
function subscriptionsOf(db: Reader, tenantId: string): Promise<SubscriptionRow[]> {
  return selectSubscriptions(db)
    .where('s.tenant_id', '=', tenantId)
    .orderBy('s.created', (by) => by.desc().nullsLast())
    .orderBy('s.id', 'desc')
    .execute()
}

/** A tenant has several subscriptions, and one must be named. */
export function several(tenant: string, found: readonly SubscriptionRow[]): Conflict {
  const live = found.filter(({status}) => isLive(status))
  return new Conflict(`${tenant} has ${live.length} live subscriptions.`, {
    hint: `Name one: ${live.map(({id, stripe_subscription_id: stripe}) => stripe ?? id).join(', ')}`,
    details: live.map(({id, stripe_subscription_id, plan, status}) => ({id, stripe_subscription_id, plan, status})),
  })
}

/** The subscriptions with this id, of ours or of Stripe. */
async function byId(db: Reader, named: string): Promise<SubscriptionRow[]> {
  if (isUuid(named)) return selectSubscriptions(db).where('s.id', '=', named).execute()
  return selectSubscriptions(db).where('s.stripe_subscription_id', '=', named).execute()
}

function unknown(named: string): NotFound {
  return new NotFound(`No subscription ${named}.`, {
    hint: 'See which there are: pm subscription list. Those that only Stripe knows: pm subscription drift',
    details: {subscription: named},
  })
}
