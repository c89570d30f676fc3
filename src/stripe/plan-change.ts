import type Stripe from 'stripe'
import {Conflict} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'
import {idOf} from './id-of.ts'
import {moment} from './moment.ts'
import {pickPrice} from './pick-price.ts'
import {type Price, toPrice} from './price.ts'
import {isMadeByPm} from './schedule.ts'
import {assertStripeId} from './stripe-id.ts'

/** A plan that a subscription is to have from the end of its period on. */
export interface PlanChangeWish {
  subscription: string
  /** The product of the plan to change to. */
  product: string
  /** The product of the plan as it is. Needed where a subscription has several items, such as add-ons. */
  from?: string
  /** How often it is to be billed; as now, unless given. */
  interval?: 'month' | 'year'
}

/** What a wish comes to, as things stand at Stripe. */
export interface PlanChange {
  subscription: string
  from: Price
  to: Price
  quantity: number | null
  /** When the new price begins: the end of the period that is paid for. */
  effective: string
  /** A plan change that pm scheduled before, and that this one takes the place of. */
  replaces: string | null
}

/** A change together with Stripe's objects it is made from. */
export interface FoundPlanChange {
  change: PlanChange
  effective: number
  schedule: Stripe.SubscriptionSchedule | null
}

/**
 * Reads what a wish comes to.
 * @throws Conflict when there is no price to change to, or something else manages the subscription
 */
export async function findPlanChange(stripe: StripeGateway, wish: PlanChangeWish): Promise<FoundPlanChange> {
  assertStripeId('subscription', wish.subscription)
  assertStripeId('product', wish.product)
  const subscription = await stripe.ask((sdk) => sdk.subscriptions.retrieve(wish.subscription, {expand: ['schedule']}))
  const schedule = typeof subscription.schedule === 'string' ? null : subscription.schedule
  assertGoesOn(subscription, schedule)
  const item = planItem(subscription, wish.from)
  const to = await pickPrice(stripe, item.price, wish)
  return {
    effective: item.current_period_end,
    schedule,
    change: {
      subscription: subscription.id,
      from: toPrice(item.price),
      to: toPrice(to),
      quantity: item.quantity ?? null,
      effective: moment(item.current_period_end),
      replaces: schedule && isMadeByPm(schedule) ? schedule.id : null,
    },
  }
}

function assertGoesOn(subscription: Stripe.Subscription, schedule: Stripe.SubscriptionSchedule | null): void {
  const {id, status, cancel_at_period_end: atPeriodEnd, cancel_at: at} = subscription
  if (status === 'canceled' || status === 'incomplete_expired') {
    throw new Conflict(`${id} is ${status} at Stripe. There is nothing to change.`, {
      details: {subscription: id, status},
    })
  }
  if (atPeriodEnd || at !== null) {
    throw new Conflict(`${id} is to be canceled at Stripe${at === null ? '' : ` on ${moment(at)}`}.`, {
      hint: 'Take the cancellation back in the dashboard first.',
      details: {subscription: id, cancel_at: at === null ? null : moment(at)},
    })
  }
  if (schedule) assertFree(id, schedule)
}

/** A schedule that somebody else made may only be taken over when it plans nothing. */
function assertFree(subscription: string, schedule: Stripe.SubscriptionSchedule): void {
  const now = schedule.current_phase?.end_date ?? 0
  const plansNothing = schedule.end_behavior === 'release' && schedule.phases.every(({end_date}) => end_date <= now)
  if (plansNothing || isMadeByPm(schedule)) return
  throw new Conflict(`${subscription} is already changed by another schedule at Stripe, ${schedule.id}.`, {
    hint: 'pm did not make it and leaves it alone. Change or release it in the dashboard.',
    details: {subscription, schedule: schedule.id},
  })
}

function planItem({id, items}: Stripe.Subscription, from: string | undefined): Stripe.SubscriptionItem {
  const found = items.data.filter(({price}) => from === undefined || idOf(price.product) === from)
  const [item] = found
  if (item && found.length === 1) return item
  const details = {
    subscription: id,
    items: items.data.map(({price}) => ({price: price.id, product: idOf(price.product)})),
  }
  if (item) throw new Conflict(`${id} has several items at Stripe, and which is the plan is not clear.`, {details})
  throw new Conflict(`${id} has no item of ${from ?? 'any product'} at Stripe.`, {
    hint: 'Stripe and the database disagree on the plan: see pm subscription drift.',
    details,
  })
}
