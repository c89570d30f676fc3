import type {Cell, View} from '../output/view.ts'
import {type PlanDrift, type PlanFinding, planDrifts} from '../rules/plan-drift.ts'
import {type SubscriptionDrift, type SubscriptionFinding, subscriptionDrifts} from '../rules/subscription-drift.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

const serious: ReadonlySet<PlanDrift | SubscriptionDrift> = new Set([
  'no_product',
  'product_missing',
  'unknown_here',
  'unknown_at_stripe',
  'status_differs',
])

// The column's heading says that it is about differences.
function word(finding: PlanDrift | SubscriptionDrift): Cell {
  const text = finding
    .replace('_differs', '')
    .replace('unknown', 'not')
    .replaceAll('_', ' ')
    .replace('stripe', 'Stripe')
  return {text, tone: serious.has(finding) ? 'bad' : 'warn'}
}

// What differs can be a moment, and then by seconds: no distance from now would tell.
function side(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d).*Z$/, '$1 $2')
}

/** Where plans differ from their products at Stripe. */
export const planFindingView: View<PlanFinding & Linked> = {
  noun: 'difference',
  plural: 'differences',
  name: 'plan',
  fields: {
    plan: {kind: 'text'},
    finding: {kind: 'text', header: 'Difference', values: planDrifts, cell: word},
    here: {kind: 'text', nullable: true, cell: side},
    at_stripe: {kind: 'text', header: 'At Stripe', nullable: true, cell: side},
    stripe_product_id: {kind: 'text', header: 'Stripe product', nullable: true},
    stripe_url: stripeLink,
  },
  table: ['plan', 'finding', 'here', 'at_stripe', 'stripe_url'],
}

/** Where subscriptions differ from Stripe's. */
export const subscriptionFindingView: View<SubscriptionFinding & Linked> = {
  noun: 'difference',
  plural: 'differences',
  name: 'stripe_subscription_id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    finding: {kind: 'text', header: 'Difference', values: subscriptionDrifts, cell: word},
    here: {kind: 'text', nullable: true, cell: side},
    at_stripe: {kind: 'text', header: 'At Stripe', nullable: true, cell: side},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_url: stripeLink,
    subscription_id: {kind: 'text', header: 'Subscription', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
  },
  table: ['tenant', 'finding', 'here', 'at_stripe', 'stripe_url'],
}
