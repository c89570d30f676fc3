import type {Reader} from '../../db/transaction.ts'

/** A payment as operators see it: a reference into Stripe, with the amount in major units as exact text. */
export interface PaymentRow {
  created: string | null
  tenant: string | null
  amount: string
  currency: string | null
  /** succeeded, failed or refunded; nothing in the table says so. */
  status: string
  description: string | null
  processed: string | null
  stripe_payment_intent_id: string | null
  subscription_id: string | null
  tenant_id: string | null
  id: string
}

/** The one choice of a payment's columns; list and show share it. */
export function selectPayments(db: Reader) {
  return db
    .selectFrom('payments as y')
    .leftJoin('subscriptions as s', 's.id', 'y.subscription_id')
    .leftJoin('tenants as t', 't.id', 's.tenant_id')
    .select([
      'y.created',
      't.name as tenant',
      'y.amount',
      'y.currency',
      'y.status',
      'y.description',
      'y.processed',
      'y.stripe_payment_intent_id',
      'y.subscription_id',
      's.tenant_id',
      'y.id',
    ])
}
