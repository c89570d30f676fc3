import type {StripeGateway} from './gateway.ts'
import {findPlanChange, type PlanChange, type PlanChangeWish} from './plan-change.ts'

/**
 * What `schedulePlanChange` would do, to be shown before it is done. Writes nothing.
 * @throws Conflict
 */
export async function previewPlanChange(stripe: StripeGateway, wish: PlanChangeWish): Promise<PlanChange> {
  return (await findPlanChange(stripe, wish)).change
}
