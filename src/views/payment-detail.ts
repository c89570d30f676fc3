import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {PaymentDetail} from '../queries/payment/find.ts'
import type {LivePayment} from '../stripe/live-payment.ts'
import {livePaymentSections, livePaymentView} from './live-payment.ts'
import {paymentView} from './payment.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

/** A payment with all that is known of it; `stripe` is null where Stripe was not asked or did not answer. */
export type ShownPaymentDetail = PaymentDetail &
  Linked & {
    stripe_customer_url: string | null
    stripe_subscription_url: string | null
    stripe: LivePayment | null
  }

export const paymentDetailView: View<ShownPaymentDetail> = {
  ...paymentView,
  fields: {
    ...paymentView.fields,
    plan: {kind: 'text', nullable: true},
    billing_period_start: {kind: 'timestamp', header: 'Pays from', nullable: true},
    billing_period_end: {kind: 'timestamp', header: 'Pays until', nullable: true},
    initiated_by: {kind: 'text', header: 'Initiated by', nullable: true},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_subscription_url: {...stripeLink, header: 'Subscription at Stripe'},
    stripe_customer_id: {kind: 'text', header: 'Stripe customer', nullable: true},
    stripe_customer_url: {...stripeLink, header: 'Customer at Stripe'},
    stripe: {kind: 'json', nullable: true, record: livePaymentView},
  },
}

/** What `pm payment show` shows a person. */
export function paymentSections(payment: ShownPaymentDetail): Section[] {
  const shown = (names: readonly (keyof ShownPaymentDetail & string)[]) =>
    fieldsSection(payment, paymentDetailView, names)
  return [
    shown(['amount', 'currency', 'status', 'description', 'created', 'processed', 'initiated_by', 'id']),
    {title: 'For', ...shown(['tenant', 'plan', 'billing_period_start', 'billing_period_end'])},
    {title: 'In the dashboard', ...shown(['stripe_url', 'stripe_subscription_url', 'stripe_customer_url'])},
    ...(payment.stripe ? livePaymentSections(payment.stripe) : []),
  ]
}
