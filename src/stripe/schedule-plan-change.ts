import type Stripe from 'stripe'
import {Conflict, PmError, UpstreamFailed} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'
import {keptPhase} from './kept-phase.ts'
import {type FoundPlanChange, findPlanChange, type PlanChange, type PlanChangeWish} from './plan-change.ts'
import type {Price} from './price.ts'
import {madeByPm} from './schedule.ts'

export interface ScheduleOptions extends PlanChangeWish {
  /**
   * Names this attempt, so that a request that is sent twice acts once. Stripe remembers a refusal as well: an attempt
   * that failed is made anew under a new key. At most 200 characters.
   */
  idempotencyKey: string
  /** What was shown and agreed to; anything else is refused. */
  shown?: ShownPlanChange
}

/** What an operator saw of a change: the prices, and when the new one begins. */
interface ShownPlanChange {
  from: Pick<Price, 'id'>
  to: Pick<Price, 'id'>
  effective: string
}

/** A change that Stripe will make by itself. */
export interface ScheduledPlanChange extends PlanChange {
  /** The schedule that makes it. */
  schedule: string
}

/**
 * Has Stripe change a subscription's plan at the end of its period: the subscription goes under a schedule of two
 * phases, as it is until then and with the new price from then on, that lets go of it after the first new period.
 * Nothing is charged or credited for the rest of the running period. A schedule made for it does not outlive a failure.
 * @throws Conflict
 */
export async function schedulePlanChange(
  stripe: StripeGateway,
  {idempotencyKey, shown, ...wish}: ScheduleOptions,
): Promise<ScheduledPlanChange> {
  const found = await findPlanChange(stripe, wish)
  if (shown) assertAsShown(found.change, shown)
  if (found.schedule) return await change(stripe, found, found.schedule, idempotencyKey)
  const schedule = await stripe.ask((sdk) =>
    sdk.subscriptionSchedules.create(
      {from_subscription: wish.subscription},
      {idempotencyKey: `${idempotencyKey}:create`},
    ),
  )
  try {
    return await change(stripe, found, schedule, idempotencyKey)
  } catch (error) {
    throw await withoutTrace(stripe, schedule.id, idempotencyKey, error)
  }
}

async function change(
  stripe: StripeGateway,
  {change: planned, effective}: FoundPlanChange,
  schedule: Stripe.SubscriptionSchedule,
  idempotencyKey: string,
): Promise<ScheduledPlanChange> {
  const {from, to} = planned
  const update = {
    phases: phases(schedule, {from: from.id, to, effective}),
    end_behavior: 'release',
    proration_behavior: 'none',
    metadata: madeByPm,
  } satisfies Stripe.SubscriptionScheduleUpdateParams
  const options = {idempotencyKey: `${idempotencyKey}:phases`}
  await stripe.ask((sdk) => sdk.subscriptionSchedules.update(schedule.id, update, options))
  return {...planned, schedule: schedule.id}
}

type Swap = {from: string; to: PlanChange['to']; effective: number}

function phases(schedule: Stripe.SubscriptionSchedule, {from, to, effective}: Swap) {
  const running = schedule.phases.find(({start_date}) => start_date === schedule.current_phase?.start_date)
  const now = running && keptPhase(schedule.id, running)
  if (!now?.items.some(({price}) => price === from)) {
    throw new Conflict(`${schedule.id} does not run with ${from}, which the subscription pays.`, {
      hint: 'Look at the schedule in the dashboard.',
      details: {schedule: schedule.id, price: from},
    })
  }
  // Metadata is left out: entering the phase would write what the subscription had now over what it has then.
  const {start_date: _start, end_date: _end, trial_end: _trial, metadata: _metadata, ...kept} = now
  const next = {
    ...kept,
    items: now.items.map((item) => (item.price === from ? {...item, price: to.id} : item)),
    duration: {interval: to.interval ?? 'month', interval_count: to.interval_count ?? 1},
    proration_behavior: 'none',
  }
  return [{...now, end_date: effective}, next]
}

function assertAsShown(change: PlanChange, shown: ShownPlanChange): void {
  const same = change.from.id === shown.from.id && change.to.id === shown.to.id && change.effective === shown.effective
  if (same) return
  throw new Conflict(`${change.subscription} or its prices changed at Stripe meanwhile. Nothing was done.`, {
    hint: 'Run the command again to see what it would do now.',
    details: {shown, now: change},
  })
}

/** Lets go of a subscription whose schedule was made in vain, also after an interruption. */
async function withoutTrace(
  stripe: StripeGateway,
  schedule: string,
  idempotencyKey: string,
  failure: unknown,
): Promise<unknown> {
  try {
    const options = {idempotencyKey: `${idempotencyKey}:release`}
    await stripe.until(undefined).ask((sdk) => sdk.subscriptionSchedules.release(schedule, {}, options))
    return failure
  } catch {
    if (!(failure instanceof PmError)) return failure
    return new UpstreamFailed(`${failure.message} The schedule ${schedule} was left at Stripe.`, {
      hint: `Release it in the dashboard. ${failure.hint ?? ''}`.trim(),
      details: failure.details,
    })
  }
}
