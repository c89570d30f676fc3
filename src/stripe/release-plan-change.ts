import {Conflict} from '../rules/errors.ts'
import type {StripeGateway} from './gateway.ts'
import {isMadeByPm} from './schedule.ts'
import {assertStripeId} from './stripe-id.ts'

/** What was withdrawn. */
export interface ReleasedPlanChange {
  /** The schedule that was released; null when none was there. */
  schedule: string | null
}

/**
 * Withdraws a plan change that `schedulePlanChange` made: its schedule is released and the subscription stays as it is.
 * @throws Conflict when somebody else's schedule manages the subscription
 */
export async function releasePlanChange(
  stripe: StripeGateway,
  {subscription: id, idempotencyKey}: {subscription: string; idempotencyKey: string},
): Promise<ReleasedPlanChange> {
  assertStripeId('subscription', id)
  const {schedule} = await stripe.ask((sdk) => sdk.subscriptions.retrieve(id, {expand: ['schedule']}))
  if (schedule === null || typeof schedule === 'string') return {schedule: null}
  if (!isMadeByPm(schedule)) {
    throw new Conflict(`${id} is changed by a schedule at Stripe that pm did not make, ${schedule.id}.`, {
      hint: 'Change or release it in the dashboard.',
      details: {subscription: id, schedule: schedule.id},
    })
  }
  const options = {idempotencyKey: `${idempotencyKey}:release`}
  await stripe.ask((sdk) => sdk.subscriptionSchedules.release(schedule.id, {}, options))
  return {schedule: schedule.id}
}
