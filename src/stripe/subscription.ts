import type Stripe from 'stripe'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {idOf, idOrNull} from './id-of.ts'
import {modeOf} from './mode.ts'
import {moment, momentOrNull} from './moment.ts'

/** One price that a subscription pays: its plan, or an add-on. */
export interface SubscriptionItem {
  id: string
  price: string
  product: string
  currency: string
  /** For one, in the currency's minor unit; null where there is no single whole amount. */
  amount: number | null
  interval: string | null
  interval_count: number | null
  /** Null where usage is metered. */
  quantity: number | null
  current_period_start: string
  current_period_end: string
}

/** A subscription as Stripe has it. */
export interface Subscription {
  id: string
  mode: StripeMode
  /** Stripe knows more states than our column: incomplete, incomplete_expired, trialing and paused, too. */
  status: string
  customer: string
  currency: string
  /** The latest start and the earliest end of its items' periods; Stripe keeps periods by item. Null without items. */
  current_period_start: string | null
  current_period_end: string | null
  cancel_at_period_end: boolean
  cancel_at: string | null
  canceled_at: string | null
  ended_at: string | null
  trial_end: string | null
  items: SubscriptionItem[]
  /** The schedule that manages it (`sub_sched_…`). */
  schedule: string | null
  created: string
}

export function toSubscription(subscription: Stripe.Subscription): Subscription {
  const items = subscription.items.data
  const [start] = items.map((item) => item.current_period_start).sort((one, other) => other - one)
  const [end] = items.map((item) => item.current_period_end).sort((one, other) => one - other)
  return {
    id: subscription.id,
    mode: modeOf(subscription),
    status: subscription.status,
    customer: idOf(subscription.customer),
    currency: subscription.currency,
    current_period_start: momentOrNull(start),
    current_period_end: momentOrNull(end),
    cancel_at_period_end: subscription.cancel_at_period_end,
    cancel_at: momentOrNull(subscription.cancel_at),
    canceled_at: momentOrNull(subscription.canceled_at),
    ended_at: momentOrNull(subscription.ended_at),
    trial_end: momentOrNull(subscription.trial_end),
    items: items.map(toItem),
    schedule: idOrNull(subscription.schedule),
    created: moment(subscription.created),
  }
}

function toItem(item: Stripe.SubscriptionItem): SubscriptionItem {
  return {
    id: item.id,
    price: item.price.id,
    product: idOf(item.price.product),
    currency: item.price.currency,
    amount: item.price.unit_amount,
    interval: item.price.recurring?.interval ?? null,
    interval_count: item.price.recurring?.interval_count ?? null,
    quantity: item.quantity ?? null,
    current_period_start: moment(item.current_period_start),
    current_period_end: moment(item.current_period_end),
  }
}
