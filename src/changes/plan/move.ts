import {subscriptionTarget} from '../../queries/subscription/detail.ts'
import type {SubscriptionToChange} from '../../queries/subscription/to-change.ts'
import type {PlanMove} from '../../rules/plan-move.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import type {Dashboard} from '../../stripe/links.ts'
import type {RowChange} from '../plan.ts'

/** The subscription's row with another pending plan, or none; everything the decision was made on must still hold. */
export function moveRow(tenant: string, subscription: SubscriptionToChange, pending: string | null): RowChange {
  const {id, tenant_id, plan_id, pending_plan_id, status, current_period_end, cancel_at_period_end} = subscription
  const {stripe_subscription_id} = subscription
  const decidedOn = {tenant_id, plan_id, status, current_period_end, cancel_at_period_end, stripe_subscription_id}
  return {
    table: 'public.subscriptions',
    label: `subscription of ${tenant}`,
    key: {id},
    before: {...decidedOn, pending_plan_id},
    after: {pending_plan_id: pending},
    inEffects: true,
  }
}

/** What the audit record says was touched. */
export function moveTargets(tenant: string, subscription: SubscriptionToChange): string[] {
  return [`tenant:${tenant}`, subscriptionTarget(subscription)]
}

/** That Stripe goes on as before, and where to change it there. */
export function notTold(
  {stripe_subscription_id: id, product}: Pick<PlanMove, 'stripe_subscription_id'> & {product: string | null},
  dashboard: Dashboard,
): string[] {
  const links = [linkOrNull('subscription', id, dashboard), linkOrNull('product', product, dashboard)].filter(
    (link) => link !== null,
  )
  return ['Stripe is not told. Change it there, too, or give --in-stripe.', ...links]
}
