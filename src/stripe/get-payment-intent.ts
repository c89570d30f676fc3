import type Stripe from 'stripe'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {type Charge, toCharge} from './charge.ts'
import type {StripeGateway} from './gateway.ts'
import {idOrNull} from './id-of.ts'
import {modeOf} from './mode.ts'
import {moment} from './moment.ts'
import {type Part, part, type Unavailable, unavailable} from './part.ts'
import {listRefunds, type Refund} from './refunds.ts'
import {assertStripeId} from './stripe-id.ts'

/** Everything an operator wants to know of one payment. */
export interface PaymentIntentDetails {
  id: string
  mode: StripeMode
  status: string
  amount: number
  amount_received: number
  currency: string
  description: string | null
  customer: string | null
  /** Why the last attempt failed; null when it didn't. */
  failure: {code: string | null; decline_code: string | null; message: string | null} | null
  /** The latest attempt; null before the first. */
  charge: Part<Charge | null>
  refunds: Part<Refund[]>
  created: string
}

/** @throws NotFound */
export async function getPaymentIntent(stripe: StripeGateway, id: string): Promise<PaymentIntentDetails> {
  assertStripeId('payment intent', id)
  const [{intent, charge}, refunds] = await Promise.all([retrieve(stripe, id), part(listRefunds(stripe, id))])
  return {
    id: intent.id,
    mode: modeOf(intent),
    status: intent.status,
    amount: intent.amount,
    amount_received: intent.amount_received,
    currency: intent.currency,
    description: intent.description,
    customer: idOrNull(intent.customer),
    failure: failureOf(intent),
    charge,
    refunds,
    created: moment(intent.created),
  }
}

interface Retrieved {
  intent: Stripe.PaymentIntent
  charge: Charge | null | Unavailable
}

async function retrieve(stripe: StripeGateway, id: string): Promise<Retrieved> {
  try {
    const intent = await stripe.ask((sdk) => sdk.paymentIntents.retrieve(id, {expand: ['latest_charge']}))
    return {intent, charge: chargeOf(intent)}
  } catch (error) {
    // To a key that may not read charges, Stripe refuses the expanded answer as a whole.
    const charge = unavailable(error)
    return {intent: await stripe.ask((sdk) => sdk.paymentIntents.retrieve(id)), charge}
  }
}

function chargeOf({latest_charge: charge}: Stripe.PaymentIntent): Charge | null {
  return charge === null || typeof charge === 'string' ? null : toCharge(charge)
}

function failureOf({last_payment_error: error}: Stripe.PaymentIntent): PaymentIntentDetails['failure'] {
  return error && {code: error.code ?? null, decline_code: error.decline_code ?? null, message: error.message ?? null}
}
