import type Stripe from 'stripe'
import {moment} from './moment.ts'
import {type PaymentMethod, toPaymentMethod} from './payment-method.ts'

/** One attempt to take the money of a payment intent. */
export interface Charge {
  id: string
  status: string
  payment_method: PaymentMethod | null
  receipt_url: string | null
  amount_refunded: number
  /** The whole amount went back. */
  refunded: boolean
  disputed: boolean
  failure_code: string | null
  failure_message: string | null
  /** Why the bank said no, such as insufficient_funds. */
  outcome_reason: string | null
  created: string
}

export function toCharge(charge: Stripe.Charge): Charge {
  return {
    id: charge.id,
    status: charge.status,
    payment_method: charge.payment_method_details && toPaymentMethod(charge.payment_method_details),
    receipt_url: charge.receipt_url,
    amount_refunded: charge.amount_refunded,
    refunded: charge.refunded,
    disputed: charge.disputed,
    failure_code: charge.failure_code,
    failure_message: charge.failure_message,
    outcome_reason: charge.outcome?.reason ?? null,
    created: moment(charge.created),
  }
}
