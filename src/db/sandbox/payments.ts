import type {Clock} from './clock.ts'
import {planOf} from './plans.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {stripeId} from './stripe-id.ts'
import {
  billingContactId,
  periodDays,
  type SandboxSubscription,
  subscriptionAge,
  subscriptionKey,
  subscriptions,
} from './subscriptions.ts'
import type {TenantKey} from './tenants.ts'

type PaymentStatus = 'succeeded' | 'failed' | 'refunded'

const inEuro: readonly TenantKey[] = ['soester', 'cafecreme', 'pixel', 'verde']

/** Rows of `payments`: up to six periods back for every subscription, and a second try where the last one failed. */
export function paymentRows(clock: Clock): RowOf<'payments'>[] {
  return subscriptions.flatMap((subscription) => {
    const periods = Math.floor((subscriptionAge(subscription) - subscription.into) / periodDays(subscription)) + 1
    return Array.from({length: Math.min(periods, 6)}, (_, back) => back).flatMap((back) => {
      const payment = paymentRow(clock, subscription, {back, first: back === periods - 1})
      return back === 0 && payment.status === 'failed' ? [payment, secondTry(clock, subscription, payment)] : [payment]
    })
  })
}

function paymentRow(
  clock: Clock,
  subscription: SandboxSubscription,
  {back, first}: {back: number; first: boolean},
): RowOf<'payments'> {
  const {tenant, plan, into, yearly} = subscription
  const key = `${subscriptionKey(subscription)}:${back}`
  const start = into + back * periodDays(subscription)
  const status = statusOf(subscription, back)
  const {name, price} = planOf(plan)
  const byTransfer = tenant === 'redwood' && back === 0
  return {
    id: sandboxId(`payment:${key}`),
    subscription_id: sandboxId(subscriptionKey(subscription)),
    initiated_by_user_id: first || byTransfer ? billingContactId(subscription) : null,
    amount: ((price * (yearly ? 10 : 1)) / 100).toFixed(2),
    currency: inEuro.includes(tenant) ? 'EUR' : 'USD',
    status,
    processed: status === 'failed' ? null : clock.daysAgo(start - 0.02),
    description: `${name} Plan - ${yearly ? 'Yearly' : 'Monthly'}${byTransfer ? ' (bank transfer)' : ''}`,
    stripe_payment_intent_id: byTransfer ? null : stripeId('pi', key),
    billing_period_start: clock.daysAgo(start),
    billing_period_end: clock.daysAgo(start - periodDays(subscription)),
    created: clock.daysAgo(start - 0.01),
  }
}

function statusOf({tenant, status}: SandboxSubscription, back: number): PaymentStatus {
  if (status === 'past_due') return back === 0 ? 'failed' : 'succeeded'
  if (status === 'unpaid') return back < 3 ? 'failed' : 'succeeded'
  if (status === 'canceled') return back === 0 ? 'refunded' : 'succeeded'
  return tenant === 'harborpine' && back === 2 ? 'refunded' : 'succeeded'
}

function secondTry(clock: Clock, subscription: SandboxSubscription, failed: RowOf<'payments'>): RowOf<'payments'> {
  const key = `${subscriptionKey(subscription)}:0:again`
  return {
    ...failed,
    id: sandboxId(`payment:${key}`),
    description: `${failed.description} (second try)`,
    stripe_payment_intent_id: stripeId('pi', key),
    created: clock.daysAgo(subscription.into - 1.3),
  }
}
