import type {Tone, View} from '../output/view.ts'
import type {PaymentRow} from '../queries/payment/columns.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

/** A payment as it is listed. */
export type ShownPayment = PaymentRow & Linked

// The column is unchecked, so any other word may stand there, too.
const tones: ReadonlyMap<string, Tone> = new Map([
  ['succeeded', 'good'],
  ['failed', 'bad'],
  ['refunded', 'warn'],
])

export const paymentView: View<ShownPayment> = {
  noun: 'payment',
  plural: 'payments',
  name: 'id',
  fields: {
    created: {kind: 'timestamp', header: 'Made', nullable: true},
    tenant: {kind: 'text', nullable: true},
    amount: {kind: 'decimal'},
    currency: {kind: 'text', nullable: true},
    status: {
      kind: 'text',
      cell: (text) => {
        const tone = tones.get(text)
        return tone ? {text, tone} : {text}
      },
    },
    description: {kind: 'text', nullable: true},
    processed: {kind: 'timestamp', nullable: true},
    stripe_payment_intent_id: {kind: 'text', header: 'Stripe payment', nullable: true},
    stripe_url: stripeLink,
    subscription_id: {kind: 'text', header: 'Subscription', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['created', 'tenant', 'amount', 'currency', 'status', 'description'],
  wide: ['processed', 'stripe_url', 'subscription_id', 'id'],
}
