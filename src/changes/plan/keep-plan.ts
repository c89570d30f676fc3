import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {
  getSubscriptionToChange,
  type NamedSubscription,
  type SubscriptionToChange,
} from '../../queries/subscription/to-change.ts'
import {Conflict} from '../../rules/errors.ts'
import type {PlanMove} from '../../rules/plan-move.ts'
import type {StripeMode} from '../../rules/stripe-mode.ts'
import {hasOwnSchedule} from '../../stripe/is-scheduled.ts'
import type {Change, Plan} from '../plan.ts'
import {moveRow, moveTargets, notTold} from './move.ts'
import {releaseAtStripe, type StripeStep} from './stripe-step.ts'

export interface KeepPlanInput extends NamedSubscription {
  mode: StripeMode
  /** Undefined: Stripe is not told. */
  stripe: StripeStep | undefined
}

/** Withdraws a pending change of plan. */
export const keepPlan: Change<KeepPlanInput, PlanMove> = {
  permission: 'subscription.write',
  grade: 'moderate',
  plan: planKeep,
  besides: tellStripe,
}

async function planKeep(db: Reader, input: KeepPlanInput): Promise<Plan<PlanMove>> {
  const {tenant, subscription} = await getSubscriptionToChange(db, input)
  const {plan, pending_plan: pending, pending_plan_id} = subscription
  const isScheduled = input.stripe ? await isScheduledAt(input.stripe, subscription) : false
  const on = `Keep ${tenant.called} on ${plan ?? 'no plan'}`
  if (pending_plan_id === null && !isScheduled)
    return {headline: `${on}: no change is pending.`, subject: tenant.called, ...nothing}
  const move = stays(tenant.called, subscription)
  const dashboard = {mode: input.mode, account: await findStripeAccount(db)}
  return {
    headline: `${on}: withdraw the change${pending === null ? ' that only Stripe has' : ` to ${pending}`}.`,
    subject: tenant.called,
    targets: moveTargets(tenant.called, subscription),
    rows: [moveRow(tenant.called, subscription, null)],
    effects: [move],
    warnings: input.stripe ? [told(isScheduled)] : notTold({...move, product: null}, dashboard),
  }
}

const nothing = {targets: [], rows: [], effects: [], warnings: []}

// A COMMIT that failed after Stripe accepted leaves a change that only Stripe has.
async function isScheduledAt(step: StripeStep, {stripe_subscription_id: id}: SubscriptionToChange): Promise<boolean> {
  if (id === null) throw new Conflict('The subscription has no Stripe id, so Stripe cannot be told.')
  return step.ask((gateway) => hasOwnSchedule(gateway, id))
}

function told(isScheduled: boolean): string {
  return isScheduled
    ? 'Stripe withdraws it, too. pm audit undo would not reach Stripe.'
    : 'Stripe has no change that pm scheduled: there is nothing to withdraw there.'
}

function stays(tenant: string, subscription: SubscriptionToChange): PlanMove {
  const {id, plan, pending_plan, stripe_subscription_id} = subscription
  return {
    tenant,
    from: plan,
    to: null,
    instead_of: pending_plan,
    begins: null,
    subscription: id,
    stripe_subscription_id,
    stripe: null,
  }
}

async function tellStripe(
  {changeId}: AuditedTransaction,
  {effects}: Plan<PlanMove>,
  {stripe}: KeepPlanInput,
): Promise<void> {
  for (const move of effects) if (stripe) await releaseAtStripe(stripe, changeId, move)
}
