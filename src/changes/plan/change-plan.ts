import type {Operator} from '../../db/identity.ts'
import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {
  getSubscriptionToChange,
  type NamedSubscription,
  type SubscriptionToChange,
} from '../../queries/subscription/to-change.ts'
import {Conflict} from '../../rules/errors.ts'
import {priceInWords} from '../../rules/money.ts'
import type {PlanMove, PriceMove} from '../../rules/plan-move.ts'
import type {StripeMode} from '../../rules/stripe-mode.ts'
import {isScheduled} from '../../stripe/is-scheduled.ts'
import type {Change, Plan} from '../plan.ts'
import {limitWarnings} from './limits.ts'
import {moveRow, moveTargets, notTold} from './move.ts'
import {previewAtStripe, type StripeStep, scheduleAtStripe} from './stripe-step.ts'

export interface ChangePlanInput extends NamedSubscription {
  to: string
  allowOverLimit: boolean
  allowInactive: boolean
  mode: StripeMode
  /** Undefined: Stripe is not told. */
  stripe: StripeStep | undefined
}

/** Has a subscription change its plan when its period ends; the billing webhooks apply it then (guide: subscriptions). */
export const changePlan: Change<ChangePlanInput, PlanMove> = {
  permission: 'subscription.write',
  grade: 'moderate',
  plan: planChange,
  besides: tellStripe,
}

async function planChange(db: Reader, input: ChangePlanInput, operator: Operator): Promise<Plan<PlanMove>> {
  const {tenant, subscription} = await getSubscriptionToChange(db, input)
  const to = await getPlan(db, input.to)
  if (subscription.plan_id === to.id) return onItAlready(tenant, subscription, to)
  if (!input.allowInactive && subscription.pending_plan_id !== to.id) assertSold(to)
  const overLimit = await limitWarnings(db, operator, {tenant, plan: to, allow: input.allowOverLimit})
  const stripe = input.stripe ? await priceMove(input.stripe, subscription, to) : null
  const move = moveOf(tenant.called, subscription, to, stripe)
  const account = await findStripeAccount(db)
  return {
    headline: `Change ${tenant.called} from ${subscription.plan ?? 'no plan'} to ${to.slug} when the period ends.`,
    subject: tenant.called,
    targets: [...moveTargets(tenant.called, subscription), `plan:${to.slug}`],
    rows: (await isThere(input, subscription, to, stripe)) ? [] : [moveRow(tenant.called, subscription, to.id)],
    effects: [move],
    warnings: [
      ...stateWarnings(subscription),
      ...overLimit,
      ...(stripe
        ? told(stripe, tenant)
        : notTold({...move, product: to.stripe_product_id}, {mode: input.mode, account})),
    ],
  }
}

function onItAlready(
  {id, called}: {id: string; called: string},
  {pending_plan: pending}: SubscriptionToChange,
  {slug}: PlanRow,
): Plan<PlanMove> {
  if (pending !== null)
    throw new Conflict(`${called} is on ${slug} already, and is to change to ${pending}.`, {
      hint: `To have it stay: pm plan keep ${id}`,
    })
  const nothing = {targets: [], rows: [], effects: [], warnings: []}
  return {...nothing, headline: `${called} is on ${slug} already.`, subject: called}
}

/** @throws Conflict */
export function assertSold({slug, is_active}: PlanRow): void {
  if (is_active) return
  throw new Conflict(`${slug} is not sold.`, {hint: 'To give it to this tenant all the same: --allow-inactive'})
}

// Pending in the database is not yet known to Stripe, and the operator may be here to tell it.
async function isThere(
  {stripe: step}: ChangePlanInput,
  {pending_plan_id}: SubscriptionToChange,
  to: PlanRow,
  stripe: PriceMove | null,
): Promise<boolean> {
  if (pending_plan_id !== to.id) return false
  if (!step || !stripe) return true
  const {subscription, to_price, begins} = stripe
  return step.ask((gateway) => isScheduled(gateway, {subscription, to: to_price, effective: begins}))
}

function priceMove(step: StripeStep, subscription: SubscriptionToChange, to: PlanRow): Promise<PriceMove> {
  const {stripe_subscription_id, product} = subscription
  return previewAtStripe(step, {
    subscription: stripe_subscription_id,
    from: product,
    to: {slug: to.slug, product: to.stripe_product_id},
  })
}

function moveOf(tenant: string, subscription: SubscriptionToChange, to: PlanRow, stripe: PriceMove | null): PlanMove {
  const {id, plan, pending_plan, stripe_subscription_id, current_period_end} = subscription
  return {
    tenant,
    from: plan,
    to: to.slug,
    instead_of: pending_plan === to.slug ? null : pending_plan,
    begins: stripe?.begins ?? current_period_end,
    subscription: id,
    stripe_subscription_id,
    stripe,
  }
}

function stateWarnings({status, cancel_at_period_end: ends, current_period_end: end}: SubscriptionToChange): string[] {
  return [
    ...(status === 'active' ? [] : [`The subscription is ${status?.replaceAll('_', ' ') ?? 'in no known state'}.`]),
    ...(ends ? ['It is to end with this period: the new plan would never begin.'] : []),
    ...(end === null ? ['Nothing says when its period ends.'] : []),
  ]
}

function told(price: PriceMove, {id}: {id: string}): string[] {
  return [
    `Stripe will bill ${priceInWords(price)} from ${price.begins.slice(0, 10)} on.`,
    `pm audit undo would not reach Stripe. To withdraw it there, too: pm plan keep ${id} --in-stripe`,
  ]
}

async function tellStripe(
  {changeId}: AuditedTransaction,
  {effects}: Plan<PlanMove>,
  {stripe}: ChangePlanInput,
): Promise<void> {
  for (const {stripe: move} of effects) if (stripe && move) await scheduleAtStripe(stripe, changeId, move)
}
