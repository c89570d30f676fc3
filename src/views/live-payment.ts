import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {amount} from '../rules/money.ts'
import type {LivePayment} from '../stripe/live-payment.ts'
import type {Refund} from '../stripe/refunds.ts'
import {describeMethod, paymentMethodView} from './payment-method.ts'

const refundView: View<Refund> = {
  noun: 'refund',
  plural: 'refunds',
  name: 'id',
  fields: {
    id: {kind: 'text', header: 'Refund'},
    amount: {kind: 'integer'},
    currency: {kind: 'text'},
    status: {kind: 'text', nullable: true},
    reason: {kind: 'text', nullable: true},
    failure_reason: {kind: 'text', nullable: true},
    created: {kind: 'timestamp'},
  },
  table: ['created', 'status', 'reason', 'id'],
}

export const livePaymentView: View<LivePayment> = {
  noun: 'payment',
  plural: 'payments',
  name: 'status',
  fields: {
    status: {kind: 'text', cell: (status) => status.replaceAll('_', ' ')},
    amount: {kind: 'integer'},
    amount_received: {kind: 'integer'},
    currency: {kind: 'text'},
    payment_method: {kind: 'json', header: 'Paid by', nullable: true, record: paymentMethodView, cell: describeMethod},
    receipt_url: {kind: 'text', header: 'Receipt', nullable: true, cell: (url) => ({text: 'receipt', href: url})},
    failure_message: {kind: 'text', header: 'Failed', nullable: true, cell: (text) => ({text, tone: 'bad'})},
    failure_code: {kind: 'text', header: 'Because of', nullable: true},
    amount_refunded: {kind: 'integer', nullable: true},
    disputed: {kind: 'boolean', nullable: true, cell: (yes) => (yes ? {text: 'yes', tone: 'bad'} : 'no')},
    refunds: {kind: 'json', nullable: true, rows: refundView},
  },
  table: ['status', 'amount', 'currency'],
}

/** What Stripe says of a payment, without what did not happen. */
export function livePaymentSections(payment: LivePayment): Section[] {
  const {amount: minor, currency, refunds, receipt_url, failure_message, failure_code} = payment
  const names = [
    'status',
    'payment_method',
    ...(receipt_url === null ? [] : (['receipt_url'] as const)),
    ...(failure_message === null ? [] : (['failure_message'] as const)),
    ...(failure_code === null ? [] : (['failure_code'] as const)),
    'disputed',
  ] as const
  const {pairs} = fieldsSection(payment, livePaymentView, names)
  const rest = typeof pairs === 'function' ? pairs : () => pairs ?? []
  return [
    {title: 'At Stripe', pairs: (clock) => [['Amount', amount(minor, currency)], ...rest(clock)]},
    ...(refunds === null || refunds.length === 0 ? [] : [tableSection('Refunds', refunds.map(worded), wordedView)]),
  ]
}

type WordedRefund = Pick<Refund, 'id' | 'status' | 'reason' | 'failure_reason' | 'created'> & {amount: string}

function worded({amount: minor, currency, ...refund}: Refund): WordedRefund {
  return {...refund, amount: amount(minor, currency)}
}

const {id, status, reason, failure_reason, created} = refundView.fields
const wordedView: View<WordedRefund> = {
  noun: 'refund',
  plural: 'refunds',
  name: 'id',
  fields: {created, amount: {kind: 'text'}, status, reason, failure_reason, id},
  table: ['created', 'amount', 'status', 'reason', 'id'],
}
