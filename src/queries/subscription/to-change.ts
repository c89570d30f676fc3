import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isLive} from '../../rules/subscription-status.ts'
import {type FoundTenant, getTenant} from '../tenant/find.ts'
import {isUuid} from '../tenant/matches.ts'
import {selectSubscriptions} from './columns.ts'
import {several} from './find.ts'

/** A subscription as a plan change needs it. */
export type SubscriptionToChange = Awaited<ReturnType<typeof subscriptionsToChange>>[number]

/** Which subscription: the live one of a tenant, unless it is named itself. */
export interface NamedSubscription {
  /** The tenant, by whatever `getTenant` takes. */
  tenant: string
  /** Its id, or its Stripe id. */
  subscription?: string | undefined
}

/**
 * A tenant with the subscription whose plan is to change.
 * @throws NotFound; Conflict when the tenant is deleted, or has no live subscription, or several.
 */
export async function getSubscriptionToChange(
  db: Reader,
  {tenant: namedTenant, subscription: given}: NamedSubscription,
): Promise<{tenant: FoundTenant & {called: string}; subscription: SubscriptionToChange}> {
  const tenant = await getTenant(db, namedTenant)
  const called = tenant.name ?? tenant.id
  if (tenant.deleted !== null)
    throw new Conflict(`${called} is deleted.`, {hint: `Restore it first: pm tenant restore ${tenant.id}`})
  const named = given ?? (/^sub_\w+$/.test(namedTenant) ? namedTenant : undefined)
  const all = await subscriptionsToChange(db, tenant.id)
  const subscription = named === undefined ? theLiveOne(called, all) : theNamed(called, all, named)
  return {tenant: {...tenant, called}, subscription}
}

function subscriptionsToChange(db: Reader, tenantId: string) {
  return selectSubscriptions(db)
    .where('s.tenant_id', '=', tenantId)
    .select(['s.plan_id', 's.pending_plan_id', 'p.stripe_product_id as product'])
    .orderBy('s.created', (by) => by.desc().nullsLast())
    .orderBy('s.id', 'desc')
    .execute()
}

function theLiveOne(tenant: string, all: readonly SubscriptionToChange[]): SubscriptionToChange {
  const [live, another] = all.filter(({status}) => isLive(status))
  if (another) throw several(tenant, all)
  if (live) return live
  throw new Conflict(`${tenant} has no live subscription${all.length > 0 ? ': it is canceled' : ''}.`, {
    hint: 'The tenant subscribes anew, at checkout.',
    details: all.map(({id, status}) => ({id, status})),
  })
}

function theNamed(tenant: string, all: readonly SubscriptionToChange[], named: string): SubscriptionToChange {
  const found = all.find(({id, stripe_subscription_id: stripe}) =>
    isUuid(named) ? id === named.toLowerCase() : stripe === named,
  )
  if (!found) {
    throw new NotFound(`${tenant} has no subscription ${named}.`, {
      hint: `See which there are: pm subscription list --tenant ${all[0]?.tenant_id ?? 'TENANT'}`,
    })
  }
  if (isLive(found.status)) return found
  throw new Conflict(`The subscription ${named} is ${found.status ?? 'in no known state'}.`, {
    hint: 'Only a live subscription can change its plan.',
    details: {subscription: found.id, status: found.status},
  })
}
