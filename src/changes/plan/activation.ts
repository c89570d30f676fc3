import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {countSubscribers} from '../../queries/plan/subscribers.ts'
import {Conflict} from '../../rules/errors.ts'
import {planPrices, planWords} from '../../rules/plan-columns.ts'
import {isStripeId} from '../../stripe/stripe-id.ts'
import type {Change, Plan} from '../plan.ts'
import {counted} from '../wording.ts'

export interface ActivateInput {
  plan: string
  /** Sell it although Stripe has no product for it. */
  withoutStripe: boolean
}

/** Puts a plan up for sale. */
export const activatePlan: Change<ActivateInput> = {permission: 'plan.write', grade: 'moderate', plan: planActivate}

/** Takes a plan off sale. Its subscribers keep it and renew (guide: Plan Lifecycle with is_active). */
export const deactivatePlan: Change<{plan: string}> = {
  permission: 'plan.write',
  grade: 'moderate',
  plan: planDeactivate,
}

async function planActivate(db: Reader, {plan: named, withoutStripe}: ActivateInput): Promise<Plan> {
  const plan = await getPlan(db, named)
  if (!withoutStripe && !plan.is_active) assertSellable(plan)
  const free = planPrices.filter((name) => plan[name] === null).map((name) => planWords[name].toLowerCase())
  return {
    ...switched(plan, true),
    headline: plan.is_active ? `${plan.slug} is sold already.` : `Activate ${plan.slug}: it can be bought from now on.`,
    warnings: [
      ...(plan.stripe_product_id === null ? ['Without a Stripe product nobody can pay for it.'] : []),
      ...(free.length > 0 ? [`It has no ${free.join(' and no ')}.`] : []),
    ],
  }
}

async function planDeactivate(db: Reader, {plan: named}: {plan: string}): Promise<Plan> {
  const plan = await getPlan(db, named)
  const {subscribers, arriving} = await countSubscribers(db, plan.id)
  const who = counted(subscribers, 'subscriber')
  return {
    ...switched(plan, false),
    headline: plan.is_active
      ? `Deactivate ${plan.slug}: nobody new can buy it, and ${who} ${subscribers === 1 ? 'keeps' : 'keep'} it.`
      : `${plan.slug} is not sold, and ${who} ${subscribers === 1 ? 'has' : 'have'} it.`,
    warnings: arriving > 0 ? [`${counted(arriving, 'subscriber')} will still change to it when the period ends.`] : [],
  }
}

function switched({id, slug, is_active, stripe_product_id}: PlanRow, active: boolean) {
  const row = {
    table: 'public.plans',
    label: `plan ${slug}`,
    key: {id},
    before: {is_active, stripe_product_id},
    after: {is_active: active},
  } as const
  return {
    subject: slug,
    targets: [`plan:${slug}`],
    rows: (is_active ?? false) === active ? [] : [row],
    effects: [],
  }
}

function assertSellable({slug, stripe_product_id: product}: PlanRow): void {
  if (product !== null && isStripeId('product', product)) return
  throw new Conflict(
    product === null
      ? `${slug} has no Stripe product.`
      : `The Stripe product of ${slug}, “${product}”, is none of Stripe’s.`,
    {
      hint: `Set it: pm plan edit ${slug} --stripe-product prod_… Or sell it all the same: --without-stripe`,
      details: {plan: slug, stripe_product_id: product},
    },
  )
}
