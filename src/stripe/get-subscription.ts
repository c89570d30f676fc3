import {defaultPaymentMethod} from './default-payment-method.ts'
import type {StripeGateway} from './gateway.ts'
import {idOrNull} from './id-of.ts'
import {type NextInvoice, nextInvoice} from './next-invoice.ts'
import {type Part, part} from './part.ts'
import type {PaymentMethod} from './payment-method.ts'
import {type SubscriptionSchedule, toSchedule} from './schedule.ts'
import {assertStripeId} from './stripe-id.ts'
import {type Subscription, toSubscription} from './subscription.ts'

/** Everything an operator wants to know of one subscription. */
export interface SubscriptionDetails extends Omit<Subscription, 'schedule'> {
  schedule: Part<SubscriptionSchedule | null>
  payment_method: Part<PaymentMethod | null>
  next_invoice: Part<NextInvoice | null>
}

/** @throws NotFound */
export async function getSubscription(stripe: StripeGateway, id: string): Promise<SubscriptionDetails> {
  assertStripeId('subscription', id)
  const subscription = await stripe.ask((sdk) => sdk.subscriptions.retrieve(id))
  const [schedule, payment_method, next_invoice] = await Promise.all([
    part(getSchedule(stripe, idOrNull(subscription.schedule))),
    part(defaultPaymentMethod(stripe, subscription)),
    part(nextInvoice(stripe, subscription)),
  ])
  return {...toSubscription(subscription), schedule, payment_method, next_invoice}
}

async function getSchedule(stripe: StripeGateway, id: string | null): Promise<SubscriptionSchedule | null> {
  return id === null ? null : toSchedule(await stripe.ask((sdk) => sdk.subscriptionSchedules.retrieve(id)))
}
