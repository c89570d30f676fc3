import type {SubscriptionStatus} from './subscription-status.ts'

/** How a subscription can differ between the database and Stripe. */
export const subscriptionDrifts = [
  'unknown_here',
  'unknown_at_stripe',
  'status_differs',
  'plan_differs',
  'period_start_differs',
  'period_end_differs',
  'canceling_differs',
] as const
export type SubscriptionDrift = (typeof subscriptionDrifts)[number]

/** A subscription as the database has it. */
export interface SubscriptionHere {
  tenant: string | null
  plan: string | null
  /** The Stripe product of the plan. */
  product: string | null
  status: SubscriptionStatus | null
  current_period_start: string | null
  current_period_end: string | null
  cancel_at_period_end: boolean | null
  stripe_subscription_id: string | null
  tenant_id: string | null
  id: string
}

/** A subscription as Stripe has it. */
export interface SubscriptionThere extends Period {
  id: string
  status: string
  cancel_at_period_end: boolean
  items: readonly ({product: string} & Period)[]
}

interface Period {
  current_period_start: string | null
  current_period_end: string | null
}

/** One difference: what stands here, and what at Stripe. */
export interface SubscriptionFinding {
  finding: SubscriptionDrift
  tenant: string | null
  here: string | null
  at_stripe: string | null
  stripe_subscription_id: string | null
  subscription_id: string | null
  tenant_id: string | null
}

// Stripe has more states than our column (Stripe, "Subscription statuses"); these are what they come to here.
const statusHere: ReadonlyMap<string, SubscriptionStatus> = new Map([
  ['active', 'active'],
  ['trialing', 'active'],
  ['past_due', 'past_due'],
  ['unpaid', 'unpaid'],
  ['paused', 'unpaid'],
  ['incomplete', 'unpaid'],
  ['canceled', 'canceled'],
  ['incomplete_expired', 'canceled'],
])

/** Whether a subscription at Stripe ever began: one whose first payment is awaited, or never came, need not be here. */
export function hasBegun({status}: Pick<SubscriptionThere, 'status'>): boolean {
  return !status.startsWith('incomplete')
}

/** What plans are called, by their Stripe products. */
export type PlanNames = ReadonlyMap<string, string>

/** How a subscription differs; of one that has ended on both sides nothing else matters. */
export function compareSubscription(
  here: SubscriptionHere,
  there: SubscriptionThere,
  plans: PlanNames,
): SubscriptionFinding[] {
  const expected = statusHere.get(there.status)
  const status = here.status === expected ? [] : [differs(here, 'status_differs', here.status, there.status)]
  if (expected === 'canceled') return status
  return [...status, ...planDrift(here, there, plans), ...periodDrift(here, there), ...cancelingDrift(here, there)]
}

/** A subscription that only Stripe has, with the tenant of its customer where that is known. */
export function unknownHere(
  {id, status}: Pick<SubscriptionThere, 'id' | 'status'>,
  tenant: {id: string; name: string | null} | undefined,
): SubscriptionFinding {
  return {
    finding: 'unknown_here',
    tenant: tenant?.name ?? null,
    here: null,
    at_stripe: status,
    stripe_subscription_id: id,
    subscription_id: null,
    tenant_id: tenant?.id ?? null,
  }
}

/** A subscription that only the database has. */
export function unknownAtStripe(here: SubscriptionHere): SubscriptionFinding {
  return differs(here, 'unknown_at_stripe', here.status, null)
}

function planDrift(here: SubscriptionHere, {items}: SubscriptionThere, plans: PlanNames): SubscriptionFinding[] {
  const products = items.map(({product}) => product)
  // A plan without a product is a finding about the plan.
  if (here.plan !== null && (here.product === null || products.includes(here.product))) return []
  const names = products.map((product) => plans.get(product) ?? product)
  return [differs(here, 'plan_differs', here.plan, names.join(', '))]
}

function periodDrift(here: SubscriptionHere, there: SubscriptionThere): SubscriptionFinding[] {
  // Add-ons can have periods of their own; the plan's is the one that counts.
  const {current_period_start: start, current_period_end: end} =
    there.items.find(({product}) => product === here.product) ?? there
  return [
    ...(sameSecond(here.current_period_start, start)
      ? []
      : [differs(here, 'period_start_differs', here.current_period_start, start)]),
    ...(sameSecond(here.current_period_end, end)
      ? []
      : [differs(here, 'period_end_differs', here.current_period_end, end)]),
  ]
}

function cancelingDrift(here: SubscriptionHere, there: SubscriptionThere): SubscriptionFinding[] {
  const [ours, theirs] = [here.cancel_at_period_end ?? false, there.cancel_at_period_end]
  return ours === theirs ? [] : [differs(here, 'canceling_differs', String(ours), String(theirs))]
}

// Stripe counts in seconds.
function sameSecond(one: string | null, other: string | null): boolean {
  return secondOf(one) === secondOf(other)
}

function secondOf(moment: string | null): number | null {
  return moment === null ? null : Math.floor(Date.parse(moment) / 1000)
}

function differs(
  {tenant, stripe_subscription_id, id, tenant_id}: SubscriptionHere,
  finding: SubscriptionDrift,
  here: string | null,
  at_stripe: string | null,
): SubscriptionFinding {
  return {finding, tenant, here, at_stripe, stripe_subscription_id, subscription_id: id, tenant_id}
}
