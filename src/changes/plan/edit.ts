import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {countSubscribers} from '../../queries/plan/subscribers.ts'
import {UsageError} from '../../rules/errors.ts'
import {planFeatures, planLimits, planPrices, planWords} from '../../rules/plan-columns.ts'
import type {Change, Columns, Plan} from '../plan.ts'
import {counted} from '../wording.ts'
import {sharedProduct} from './product.ts'
import {type PlanSettings, pricesInWords, settingColumns} from './settings.ts'

export interface EditInput {
  plan: string
  settings: PlanSettings
}

/** Changes what a plan allows, costs or is called. What is so already is left alone. */
export const editPlan: Change<EditInput> = {permission: 'plan.write', grade: 'moderate', plan: planEdit}

async function planEdit(db: Reader, {plan: named, settings}: EditInput): Promise<Plan> {
  const wanted = settingColumns(settings)
  if (Object.keys(wanted).length === 0)
    throw new UsageError('What shall change?', {hint: 'Give at least one of the flags: pm plan edit --help'})
  const plan = await getPlan(db, named)
  const now: Columns = {...plan}
  const names = Object.keys(wanted).filter((name) => wanted[name] !== now[name])
  const before = Object.fromEntries(names.map((name) => [name, now[name] ?? null]))
  const after = Object.fromEntries(names.map((name) => [name, wanted[name] ?? null]))
  const row = {table: 'public.plans', label: `plan ${plan.slug}`, key: {id: plan.id}, before, after} as const
  return {
    headline: `Edit the plan ${plan.slug}.`,
    subject: plan.slug,
    targets: [`plan:${plan.slug}`],
    rows: names.length === 0 ? [] : [row],
    effects: [],
    warnings: await warnings(db, plan, after),
  }
}

async function warnings(db: Reader, plan: PlanRow, after: Columns): Promise<string[]> {
  const {subscribers} = await countSubscribers(db, plan.id)
  const {stripe_product_id: product} = after
  const isRepriced = planPrices.some((name) => name in after)
  const who = counted(subscribers, 'subscriber')
  return [
    ...(subscribers > 0 ? tightened(plan, after).map((what) => `${who} will have less at once: ${what}.`) : []),
    ...pricesInWords(after),
    ...(isRepriced ? ['What subscribers pay is Stripe’s: change the price of the product there, too.'] : []),
    ...(product !== undefined && plan.stripe_product_id !== null && subscribers > 0
      ? [`At Stripe ${who} ${subscribers === 1 ? 'stays' : 'stay'} on ${plan.stripe_product_id}.`]
      : []),
    ...(product === null && plan.is_active ? ['It is sold, and without a Stripe product nobody can pay for it.'] : []),
    ...(typeof product === 'string' ? await sharedProduct(db, plan.id, product) : []),
  ]
}

function tightened(plan: PlanRow, after: Columns): string[] {
  const limits = planLimits.flatMap((name) => {
    const [old, now] = [plan[name], after[name]]
    const isLess = typeof now === 'number' && (old === null || now < old)
    return isLess ? [`${planWords[name]} ${old?.toLocaleString('en') ?? 'no limit'} → ${now.toLocaleString('en')}`] : []
  })
  const features = planFeatures.filter((name) => plan[name] === true && name in after && after[name] !== true)
  return [...limits, ...features.map((name) => `no ${planWords[name]}`)]
}
