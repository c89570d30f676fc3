import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {SubscriptionDetail} from '../queries/subscription/detail.ts'
import type {LiveSubscription} from '../stripe/live-subscription.ts'
import {addonView} from './addon.ts'
import {liveSubscriptionSections, liveSubscriptionView} from './live-subscription.ts'
import {paymentView, type ShownPayment} from './payment.ts'
import {recentChangeView} from './recent-change.ts'
import {type Linked, stripeLink} from './stripe-link.ts'
import {subscriptionView} from './subscription.ts'

/** A subscription with all that is known of it; `stripe` is null where Stripe was not asked or did not answer. */
export interface ShownSubscriptionDetail extends Omit<SubscriptionDetail, 'payments'>, Linked {
  stripe_customer_url: string | null
  payments: ShownPayment[]
  stripe: LiveSubscription | null
}

export const subscriptionDetailView: View<ShownSubscriptionDetail> = {
  ...subscriptionView,
  fields: {
    ...subscriptionView.fields,
    cancel_reason: {kind: 'text', header: 'Why it ends', nullable: true},
    cancel_date: {kind: 'timestamp', header: 'Canceled', nullable: true},
    billing_contact: {kind: 'text', header: 'Billing contact', nullable: true},
    stripe_customer_id: {kind: 'text', header: 'Stripe customer', nullable: true},
    stripe_customer_url: {...stripeLink, header: 'Customer at Stripe'},
    updated: {kind: 'timestamp', nullable: true},
    addons: {kind: 'json', header: 'Add-ons', rows: addonView},
    payments: {kind: 'json', rows: paymentView},
    changes: {kind: 'json', rows: recentChangeView},
    stripe: {kind: 'json', nullable: true, record: liveSubscriptionView},
  },
}

type Name = keyof ShownSubscriptionDetail & string

/** What `pm subscription show` shows a person. */
export function subscriptionSections(subscription: ShownSubscriptionDetail): Section[] {
  const shown = (names: readonly Name[]) => fieldsSection(subscription, subscriptionDetailView, names)
  const ending: readonly Name[] =
    subscription.cancel_date === null && subscription.cancel_reason === null ? [] : ['cancel_date', 'cancel_reason']
  return [
    shown(['tenant', 'plan', 'pending_plan', 'status', 'billing_contact', 'created', 'id']),
    {
      title: 'Period',
      ...shown(['current_period_start', 'current_period_end', 'cancel_at_period_end', ...ending]),
    },
    {title: 'In the dashboard', ...shown(['stripe_url', 'stripe_customer_url'])},
    ...(subscription.stripe ? liveSubscriptionSections(subscription.stripe) : []),
    tableSection('Add-ons', subscription.addons, addonView, ['type', 'quantity', 'price_monthly', 'is_active']),
    tableSection('Last payments', subscription.payments, paymentView, [
      'created',
      'amount',
      'currency',
      'status',
      'stripe_url',
    ]),
    tableSection('Recent changes', subscription.changes, recentChangeView),
  ]
}
