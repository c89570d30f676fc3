import type Stripe from 'stripe'

/** Part of an object of Stripe's; the rest is filled in. */
export type Given<T> = Partial<T> & {id: string}

/** The moment at which everything in the fake Stripe was made, unless said otherwise: 2026-01-01T00:00:00Z. */
export const madeAt = 1_767_225_600

export type StoredProduct = Stripe.Product & {default_price: string | null}
export type GivenProduct = Given<StoredProduct>

/** A price as it goes over the wire, where the SDK's decimals are text. */
export type StoredPrice = Omit<Stripe.Price, 'product' | 'unit_amount_decimal'> & {
  product: string
  unit_amount_decimal: string | null
}
export type GivenPrice = Given<Omit<StoredPrice, 'recurring'>> & {
  product: string
  recurring?: (Partial<Stripe.Price.Recurring> & {interval: string}) | null
}

export function product(given: GivenProduct, livemode: boolean): StoredProduct {
  return {
    object: 'product',
    active: true,
    created: madeAt,
    default_price: null,
    description: null,
    images: [],
    livemode,
    marketing_features: [],
    metadata: {},
    name: given.id,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: given.created ?? madeAt,
    url: null,
    ...given,
  }
}

export function price({recurring, ...given}: GivenPrice, livemode: boolean): StoredPrice {
  return {
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: madeAt,
    currency: 'usd',
    custom_unit_amount: null,
    livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    recurring: recurring
      ? {interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed', ...recurring}
      : null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: null,
    unit_amount_decimal: given.unit_amount == null ? null : String(given.unit_amount),
    ...given,
  }
}
