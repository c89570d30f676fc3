import type Stripe from 'stripe'
import {type Given, madeAt} from './catalog.ts'

type StoredIntent = Stripe.PaymentIntent & {latest_charge: string | null}
export type GivenIntent = Given<StoredIntent>
export type GivenCharge = Given<Omit<Stripe.Charge, 'payment_method_details'>> & {
  card?: Partial<Stripe.Charge.PaymentMethodDetails.Card>
}
export type GivenRefund = Given<Stripe.Refund>

export function paymentIntent(given: GivenIntent, livemode: boolean): StoredIntent {
  const amount = given.amount ?? 1000
  return {
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: given.status === undefined || given.status === 'succeeded' ? amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${given.id}_secret_abc`,
    confirmation_method: 'automatic',
    created: madeAt,
    currency: 'usd',
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
    ...given,
  }
}

export function charge({card, ...given}: GivenCharge, livemode: boolean): Stripe.Charge {
  const amount = given.amount ?? 1000
  return {
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {address: null, email: null, name: null, phone: null, tax_id: null},
    calculated_statement_descriptor: null,
    captured: true,
    created: madeAt,
    currency: 'usd',
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: null,
    livemode,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: {type: 'card', card: chargedCard(card)},
    receipt_email: null,
    receipt_number: null,
    receipt_url: `https://pay.stripe.com/receipts/${given.id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
    ...given,
  }
}

function chargedCard(given: Partial<Stripe.Charge.PaymentMethodDetails.Card> = {}) {
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: 'visa',
    checks: null,
    country: 'US',
    exp_month: 12,
    exp_year: 2030,
    funding: 'credit',
    installments: null,
    last4: '4242',
    mandate: null,
    electronic_commerce_indicator: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: null,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
    ...given,
  } satisfies Stripe.Charge.PaymentMethodDetails.Card
}

export function refund(given: GivenRefund): Stripe.Refund {
  return {
    object: 'refund',
    amount: 1000,
    balance_transaction: null,
    charge: null,
    created: madeAt,
    currency: 'usd',
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
    ...given,
  }
}
