import type {StripeGateway} from './gateway.ts'
import {isMadeByPm, type SubscriptionSchedule, toSchedule} from './schedule.ts'
import {assertStripeId} from './stripe-id.ts'

/** Whether Stripe will make just this change by itself already, scheduled by pm. */
export async function isScheduled(
  stripe: StripeGateway,
  {subscription, to, effective}: {subscription: string; to: string; effective: string},
): Promise<boolean> {
  const schedule = await ownSchedule(stripe, subscription)
  const next = schedule?.phases.find(({start_date}) => start_date === effective)
  return next?.items.some(({price}) => price === to) ?? false
}

/** Whether Stripe will change a subscription by itself, scheduled by pm. @throws NotFound */
export async function hasOwnSchedule(stripe: StripeGateway, subscription: string): Promise<boolean> {
  return (await ownSchedule(stripe, subscription)) !== null
}

async function ownSchedule(stripe: StripeGateway, id: string): Promise<SubscriptionSchedule | null> {
  assertStripeId('subscription', id)
  const {schedule} = await stripe.ask((sdk) => sdk.subscriptions.retrieve(id, {expand: ['schedule']}))
  const isOurs = schedule !== null && typeof schedule !== 'string' && isMadeByPm(schedule)
  return isOurs ? toSchedule(schedule) : null
}
