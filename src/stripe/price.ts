import type Stripe from 'stripe'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {idOf} from './id-of.ts'
import {modeOf} from './mode.ts'
import {moment} from './moment.ts'

/** What a product costs, how often. A price never changes its amount; it is archived and another takes its place. */
export interface Price {
  id: string
  mode: StripeMode
  product: string
  active: boolean
  currency: string
  /** In the currency's minor unit; null where there is no single whole amount (tiers, fractions of a cent). */
  amount: number | null
  /** day, week, month or year; null for what is paid once. */
  interval: string | null
  interval_count: number | null
  nickname: string | null
  created: string
}

export function toPrice(price: Stripe.Price): Price {
  return {
    id: price.id,
    mode: modeOf(price),
    product: idOf(price.product),
    active: price.active,
    currency: price.currency,
    amount: price.unit_amount,
    interval: price.recurring?.interval ?? null,
    interval_count: price.recurring?.interval_count ?? null,
    nickname: price.nickname,
    created: moment(price.created),
  }
}
