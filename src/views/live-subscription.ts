import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {amount, priceInWords} from '../rules/money.ts'
import type {LiveSubscription} from '../stripe/live-subscription.ts'
import {describeMethod, paymentMethodView} from './payment-method.ts'

type Item = LiveSubscription['items'][number]
type Invoice = NonNullable<LiveSubscription['next_invoice']>
type Schedule = NonNullable<LiveSubscription['schedule']>

const itemView: View<Item> = {
  noun: 'item',
  plural: 'items',
  name: 'price',
  fields: {
    product: {kind: 'text'},
    price: {kind: 'text'},
    amount: {kind: 'integer', nullable: true},
    currency: {kind: 'text'},
    interval: {kind: 'text', nullable: true},
    interval_count: {kind: 'integer', nullable: true},
    quantity: {kind: 'integer', nullable: true},
  },
  table: ['product', 'price', 'quantity', 'interval'],
}

const invoiceView: View<Invoice> = {
  noun: 'invoice',
  plural: 'invoices',
  name: 'created',
  fields: {
    created: {kind: 'timestamp'},
    currency: {kind: 'text'},
    total: {kind: 'integer'},
    amount_due: {kind: 'integer'},
  },
  table: ['created', 'total', 'currency'],
}

const scheduleView: View<Schedule> = {
  noun: 'schedule',
  plural: 'schedules',
  name: 'id',
  fields: {
    id: {kind: 'text', header: 'Schedule'},
    made_by_pm: {kind: 'boolean', header: 'Made by pm'},
    changes: {kind: 'timestamp', nullable: true},
    price: {kind: 'text', nullable: true},
  },
  table: ['id', 'changes', 'price'],
}

export const liveSubscriptionView: View<LiveSubscription> = {
  noun: 'subscription',
  plural: 'subscriptions',
  name: 'status',
  fields: {
    status: {kind: 'text', cell: (status) => status.replaceAll('_', ' ')},
    current_period_start: {kind: 'timestamp', header: 'Period began', nullable: true},
    current_period_end: {kind: 'timestamp', header: 'Period ends', nullable: true},
    cancel_at_period_end: {kind: 'boolean', header: 'Canceling'},
    cancel_at: {kind: 'timestamp', header: 'Ends', nullable: true},
    items: {kind: 'json', rows: itemView},
    payment_method: {kind: 'json', header: 'Paid by', nullable: true, record: paymentMethodView, cell: describeMethod},
    next_invoice: {
      kind: 'json',
      header: 'Next invoice',
      nullable: true,
      record: invoiceView,
      cell: ({amount_due: due, currency}) => amount(due, currency),
    },
    schedule: {kind: 'json', header: 'Scheduled', nullable: true, record: scheduleView},
  },
  table: ['status', 'current_period_end'],
}

/** What Stripe says of a subscription. */
export function liveSubscriptionSections(subscription: LiveSubscription): Section[] {
  const {items, schedule} = subscription
  return [
    {
      title: 'At Stripe',
      ...fieldsSection(subscription, liveSubscriptionView, [
        'status',
        'current_period_end',
        'cancel_at_period_end',
        'payment_method',
        'next_invoice',
      ]),
    },
    ...(schedule ? [{title: 'Scheduled at Stripe', ...fieldsSection(schedule, scheduleView)}] : []),
    tableSection('Items at Stripe', items.map(worded), wordedView),
  ]
}

type WordedItem = Pick<Item, 'product' | 'quantity'> & {cost: string}

function worded(item: Item): WordedItem {
  const {product, quantity} = item
  return {product, quantity, cost: priceInWords(item)}
}

const wordedView: View<WordedItem> = {
  noun: 'item',
  plural: 'items',
  name: 'product',
  fields: {cost: {kind: 'text'}, quantity: {kind: 'integer', nullable: true}, product: {kind: 'text'}},
  table: ['cost', 'quantity', 'product'],
}
