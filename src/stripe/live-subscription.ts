import type {StripeGateway} from './gateway.ts'
import {getSubscription, type SubscriptionDetails} from './get-subscription.ts'
import {known} from './known.ts'
import type {Live} from './live-product.ts'
import type {NextInvoice} from './next-invoice.ts'
import {isUnavailable} from './part.ts'
import type {PaymentMethod} from './payment-method.ts'
import type {SubscriptionSchedule} from './schedule.ts'
import type {SubscriptionItem} from './subscription.ts'

type Shared = 'status' | 'current_period_start' | 'current_period_end' | 'cancel_at_period_end' | 'cancel_at'

/** What Stripe says of a subscription; what the key may not see is null. */
export interface LiveSubscription extends Pick<SubscriptionDetails, Shared> {
  items: Pick<
    SubscriptionItem,
    'product' | 'price' | 'amount' | 'currency' | 'interval' | 'interval_count' | 'quantity'
  >[]
  payment_method: PaymentMethod | null
  next_invoice: Pick<NextInvoice, 'created' | 'currency' | 'total' | 'amount_due'> | null
  /** What will change it by itself, and when. */
  schedule: (Pick<SubscriptionSchedule, 'id' | 'made_by_pm'> & {changes: string | null; price: string | null}) | null
}

/** @throws NotFound */
export async function liveSubscription(stripe: StripeGateway, id: string): Promise<Live<LiveSubscription>> {
  const subscription = await getSubscription(stripe, id)
  const {status, current_period_start, current_period_end, cancel_at_period_end, cancel_at} = subscription
  const {schedule, payment_method, next_invoice} = subscription
  const invoice = known(next_invoice)
  return {
    gaps: [schedule, payment_method, next_invoice].flatMap((part) => (isUnavailable(part) ? part.unavailable : [])),
    details: {
      status,
      current_period_start,
      current_period_end,
      cancel_at_period_end,
      cancel_at,
      items: subscription.items.map(toItem),
      payment_method: known(payment_method),
      next_invoice: invoice && {
        created: invoice.created,
        currency: invoice.currency,
        total: invoice.total,
        amount_due: invoice.amount_due,
      },
      schedule: nextChange(known(schedule)),
    },
  }
}

function toItem({product, price, amount, currency, interval, interval_count, quantity}: SubscriptionItem) {
  return {product, price, amount, currency, interval, interval_count, quantity}
}

function nextChange(schedule: SubscriptionSchedule | null): LiveSubscription['schedule'] {
  if (schedule === null) return null
  const {id, made_by_pm, current_phase_end: end, phases} = schedule
  const next = phases.find(({start_date}) => start_date === end)
  return {id, made_by_pm, changes: next?.start_date ?? null, price: next?.items[0]?.price ?? null}
}
