import type Stripe from 'stripe'
import {type Given, madeAt} from './catalog.ts'

/** A month after everything was made: 2026-02-01T00:00:00Z. */
const monthLater = madeAt + 31 * 86_400

/** An item as it is kept: its price by id. */
export type StoredItem = Omit<Stripe.SubscriptionItem, 'plan' | 'price'> & {price: string}
export type StoredSubscription = Omit<Stripe.Subscription, 'items' | 'schedule' | 'customer'> & {
  customer: string
  items: StoredItem[]
  schedule: string | null
}
export type GivenSubscription = Given<Omit<StoredSubscription, 'items'>> & {
  items: (Partial<StoredItem> & {price: string})[]
}

export function subscription({items, ...given}: GivenSubscription, livemode: boolean): StoredSubscription {
  return {
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: {disabled_reason: null, enabled: false, liability: null},
    billing_cycle_anchor: madeAt,
    billing_cycle_anchor_config: null,
    billing_mode: {flexible: null, type: 'classic'},
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: {comment: null, feedback: null, feedback_option: null, reason: null},
    collection_method: 'charge_automatically',
    created: madeAt,
    currency: 'usd',
    customer: `cus_${given.id.slice('sub_'.length)}`,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: {type: 'self'},
    },
    latest_invoice: null,
    livemode,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: given.created ?? madeAt,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
    ...given,
    items: items.map((item, index) => subscriptionItem(item, given.id, index)),
  }
}

function subscriptionItem(given: GivenSubscription['items'][number], subscription: string, index: number): StoredItem {
  return {
    id: `si_${subscription.slice('sub_'.length)}${index}`,
    object: 'subscription_item',
    billing_thresholds: null,
    created: madeAt,
    current_period_start: madeAt,
    current_period_end: monthLater,
    current_trial: null,
    discounts: [],
    metadata: {},
    quantity: 1,
    subscription,
    tax_rates: [],
    ...given,
  }
}

export type StoredSchedule = Stripe.SubscriptionSchedule & {subscription: string | null}
export type GivenSchedule = Given<Omit<StoredSchedule, 'phases'>> & {phases: GivenPhase[]}
type GivenPhase = Omit<Partial<Stripe.SubscriptionSchedule.Phase>, 'items'> & {
  items: (Partial<Stripe.SubscriptionSchedule.Phase.Item> & {price: string})[]
}

export function schedule({phases, ...given}: GivenSchedule, livemode: boolean): StoredSchedule {
  const all = phases.map(phase)
  return {
    object: 'subscription_schedule',
    application: null,
    billing_mode: {flexible: null, type: 'classic'},
    canceled_at: null,
    completed_at: null,
    created: madeAt,
    current_phase: {start_date: all[0]?.start_date ?? madeAt, end_date: all[0]?.end_date ?? monthLater},
    customer: 'cus_unknown',
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      automatic_tax: {disabled_reason: null, enabled: false, liability: null},
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: {type: 'self'},
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: 'release',
    livemode,
    metadata: {},
    pause_schedules: [],
    released_at: null,
    released_subscription: null,
    status: 'active',
    subscription: null,
    test_clock: null,
    ...given,
    phases: all,
  }
}

export function phase({items, ...given}: GivenPhase): Stripe.SubscriptionSchedule.Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    automatic_tax: {disabled_reason: null, enabled: false, liability: null},
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency: 'usd',
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: monthLater,
    invoice_settings: null,
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'create_prorations',
    start_date: madeAt,
    transfer_data: null,
    trial_end: null,
    ...given,
    items: items.map((item) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: item.price,
      quantity: 1,
      tax_rates: [],
      ...item,
    })),
  }
}
