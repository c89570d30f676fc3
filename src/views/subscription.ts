import type {Tone, View} from '../output/view.ts'
import type {SubscriptionRow} from '../queries/subscription/columns.ts'
import {type SubscriptionStatus, subscriptionStatuses} from '../rules/subscription-status.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

/** A subscription as it is listed. */
export type ShownSubscription = SubscriptionRow & Linked

const tones: Readonly<Record<SubscriptionStatus, Tone>> = {
  active: 'good',
  past_due: 'warn',
  unpaid: 'bad',
  canceled: 'dim',
}

export const subscriptionView: View<ShownSubscription> = {
  noun: 'subscription',
  plural: 'subscriptions',
  name: 'id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    plan: {kind: 'text', nullable: true},
    pending_plan: {kind: 'text', header: 'Then', nullable: true, cell: (text) => ({text, tone: 'info'})},
    status: {
      kind: 'text',
      nullable: true,
      values: subscriptionStatuses,
      cell: (text) => ({text: text.replaceAll('_', ' '), tone: tones[text]}),
    },
    current_period_start: {kind: 'timestamp', header: 'Period began', nullable: true},
    current_period_end: {kind: 'timestamp', header: 'Period ends', nullable: true},
    cancel_at_period_end: {
      kind: 'boolean',
      header: 'Canceling',
      nullable: true,
      cell: (ends) => (ends ? {text: 'yes', tone: 'warn'} : {text: 'no', tone: 'dim'}),
    },
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_url: stripeLink,
    created: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['tenant', 'plan', 'pending_plan', 'status', 'current_period_end', 'cancel_at_period_end'],
  wide: ['current_period_start', 'created', 'stripe_url', 'id'],
}
