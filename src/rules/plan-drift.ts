import {amount, major} from './money.ts'

/** How a plan can differ between the database and Stripe. */
export const planDrifts = [
  'no_product',
  'product_missing',
  'product_archived',
  'price_monthly_differs',
  'price_yearly_differs',
] as const
export type PlanDrift = (typeof planDrifts)[number]

/** A plan as the database has it. */
export interface PlanHere {
  slug: string
  is_active: boolean | null
  price_monthly: number | null
  price_yearly: number | null
  stripe_product_id: string | null
}

/** A product as Stripe has it. */
export interface ProductThere {
  active: boolean
  prices: readonly {
    active: boolean
    amount: number | null
    currency: string
    interval: string | null
    interval_count: number | null
  }[]
}

/** One difference: what stands here, and what at Stripe. */
export interface PlanFinding {
  finding: PlanDrift
  plan: string
  here: string | null
  at_stripe: string | null
  stripe_product_id: string | null
}

/** How a plan differs from its product; undefined where Stripe has no such product. */
export function comparePlan(plan: PlanHere, product: ProductThere | undefined): PlanFinding[] {
  if (plan.stripe_product_id === null) return plan.is_active ? [differs(plan, 'no_product', 'sold', null)] : []
  if (!product) return [differs(plan, 'product_missing', plan.is_active ? 'sold' : 'not sold', null)]
  // What is sold no more is archived at Stripe, with prices that nobody is shown.
  if (!product.active) return plan.is_active ? [differs(plan, 'product_archived', 'sold', 'archived')] : []
  return [
    ...priceDrift(plan, 'price_monthly_differs', plan.price_monthly, amountsOf(product, 'month')),
    ...priceDrift(plan, 'price_yearly_differs', plan.price_yearly, amountsOf(product, 'year')),
  ]
}

type Amounts = readonly {amount: number | null; currency: string}[]

function amountsOf({prices}: ProductThere, interval: 'month' | 'year'): Amounts {
  return prices.filter((price) => price.active && price.interval === interval && price.interval_count === 1)
}

// A product can have a price in each of several currencies; the plan's is one of them, and does not say which.
function priceDrift(plan: PlanHere, finding: PlanDrift, here: number | null, there: Amounts): PlanFinding[] {
  const isSame = there.length === 0 ? !here : there.some((price) => price.amount === here)
  if (isSame) return []
  const words = there.map(({amount: minor, currency}) => (minor === null ? 'in tiers' : amount(minor, currency)))
  return [differs(plan, finding, here === null ? null : major(here), words.join(', ') || null)]
}

function differs(
  {slug, stripe_product_id}: PlanHere,
  finding: PlanDrift,
  here: string | null,
  at_stripe: string | null,
): PlanFinding {
  return {finding, plan: slug, here, at_stripe, stripe_product_id}
}
