import type {View} from '../output/view.ts'
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

function word(finding: PlanDrift | SubscriptionDrift) {
  return {
    text: finding.replaceAll('_', ' ').replace('stripe', 'Stripe'),
    tone: serious.has(finding) ? 'bad' : 'warn',
  } as const
}

/** Where plans differ from their products at Stripe. */
export const planFindingView: View<PlanFinding & Linked> = {
  noun: 'difference',
  plural: 'differences',
  name: 'plan',
  fields: {
    plan: {kind: 'text'},
    finding: {kind: 'text', values: planDrifts, cell: word},
    here: {kind: 'text', nullable: true},
    at_stripe: {kind: 'text', header: 'At Stripe', nullable: true},
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
    finding: {kind: 'text', values: subscriptionDrifts, cell: word},
    here: {kind: 'text', nullable: true},
    at_stripe: {kind: 'text', header: 'At Stripe', nullable: true},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_url: stripeLink,
    subscription_id: {kind: 'text', header: 'Subscription', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
  },
  table: ['tenant', 'finding', 'here', 'at_stripe', 'stripe_url'],
}
