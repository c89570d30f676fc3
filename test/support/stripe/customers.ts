import type Stripe from 'stripe'
import {type Given, madeAt} from './catalog.ts'

export type GivenPaymentMethod = Given<Omit<Stripe.PaymentMethod, 'card'>> & {card?: Partial<Stripe.PaymentMethod.Card>}
export type GivenCustomer = Given<Omit<Stripe.Customer, 'invoice_settings'>> & {default_payment_method?: string}

export function paymentMethod({card, ...given}: GivenPaymentMethod, livemode: boolean): Stripe.PaymentMethod {
  return {
    object: 'payment_method',
    billing_details: {address: null, email: null, name: null, phone: null, tax_id: null},
    created: madeAt,
    customer: null,
    customer_account: null,
    livemode,
    metadata: {},
    type: 'card',
    ...((given.type ?? 'card') === 'card' && {card: storedCard(card)}),
    ...given,
  }
}

function storedCard(given: Partial<Stripe.PaymentMethod.Card> = {}): Stripe.PaymentMethod.Card {
  return {
    brand: 'visa',
    checks: null,
    country: 'US',
    display_brand: 'visa',
    exp_month: 12,
    exp_year: 2030,
    funding: 'credit',
    generated_from: null,
    last4: '4242',
    networks: null,
    regulated_status: null,
    three_d_secure_usage: null,
    wallet: null,
    ...given,
  }
}

export function customer({default_payment_method, ...given}: GivenCustomer, livemode: boolean): Stripe.Customer {
  return {
    object: 'customer',
    balance: 0,
    created: madeAt,
    customer_account: null,
    default_source: null,
    description: null,
    email: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: default_payment_method ?? null,
      footer: null,
      rendering_options: null,
    },
    livemode,
    metadata: {},
    shipping: null,
    ...given,
  }
}
