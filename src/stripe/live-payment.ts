import type {StripeGateway} from './gateway.ts'
import {getPaymentIntent, type PaymentIntentDetails} from './get-payment-intent.ts'
import {known} from './known.ts'
import type {Live} from './live-product.ts'
import {isUnavailable} from './part.ts'
import type {PaymentMethod} from './payment-method.ts'
import type {Refund} from './refunds.ts'

/** What Stripe says of a payment, amounts in minor units. */
export interface LivePayment extends Pick<PaymentIntentDetails, 'status' | 'amount' | 'amount_received' | 'currency'> {
  payment_method: PaymentMethod | null
  receipt_url: string | null
  /** Stripe's sentence, and its code: the bank's reason where there is one. */
  failure_message: string | null
  failure_code: string | null
  amount_refunded: number | null
  disputed: boolean | null
  /** Null where the key may not see them. */
  refunds: Refund[] | null
}

/** @throws NotFound */
export async function livePayment(stripe: StripeGateway, id: string): Promise<Live<LivePayment>> {
  const {status, amount, amount_received, currency, charge, refunds, failure} = await getPaymentIntent(stripe, id)
  const attempt = known(charge)
  return {
    gaps: [charge, refunds].flatMap((part) => (isUnavailable(part) ? part.unavailable : [])),
    details: {
      status,
      amount,
      amount_received,
      currency,
      payment_method: attempt?.payment_method ?? null,
      receipt_url: attempt?.receipt_url ?? null,
      failure_message: failure?.message ?? attempt?.failure_message ?? null,
      failure_code: failure?.decline_code ?? failure?.code ?? attempt?.failure_code ?? null,
      amount_refunded: attempt?.amount_refunded ?? null,
      disputed: attempt?.disputed ?? null,
      refunds: known(refunds),
    },
  }
}
