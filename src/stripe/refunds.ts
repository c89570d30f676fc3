import type Stripe from 'stripe'
import type {StripeGateway} from './gateway.ts'
import {moment} from './moment.ts'

/** Money that went back, or is on its way. */
export interface Refund {
  id: string
  amount: number
  currency: string
  /** pending, requires_action, succeeded, failed or canceled. */
  status: string | null
  reason: string | null
  failure_reason: string | null
  created: string
}

/** All refunds of a payment intent, the newest first. */
export async function listRefunds(stripe: StripeGateway, paymentIntent: string): Promise<Refund[]> {
  const refunds = await stripe.ask((sdk) =>
    sdk.refunds.list({payment_intent: paymentIntent, limit: 100}).autoPagingToArray({limit: 1000}),
  )
  return refunds.map(toRefund)
}

function toRefund(refund: Stripe.Refund): Refund {
  return {
    id: refund.id,
    amount: refund.amount,
    currency: refund.currency,
    status: refund.status,
    reason: refund.reason,
    failure_reason: refund.failure_reason ?? null,
    created: moment(refund.created),
  }
}
