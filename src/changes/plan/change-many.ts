import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {listMeant, listSelected, type MeantSubscription} from '../../queries/subscription/meant.ts'
import {listOverLimit} from '../../queries/tenant/over-limit.ts'
import {UsageError} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {describeExceeded, type ExceededLimit} from '../../rules/plan-limits.ts'
import {isLive, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import type {BulkPlan, JobItem} from '../job/item.ts'
import {counted} from '../wording.ts'
import {assertSold} from './change-plan.ts'

/** Which subscriptions, where they are not named one by one: all of a plan, all in some states. */
export interface SubscriptionSelection {
  fromPlan: string | undefined
  status: readonly SubscriptionStatus[] | undefined
}

/** Which subscriptions are to change to which plan. */
export interface ChangeManyInput {
  /** Tenants and subscriptions by whatever names one; or which of all. */
  names: readonly string[] | SubscriptionSelection
  to: string
  allowOverLimit: boolean
  allowInactive: boolean
}

/** Plans what `changePlan` does, for many subscriptions in a few queries. Stripe is not told. */
export async function planChanges(db: Reader, input: ChangeManyInput, operator: Operator): Promise<BulkPlan> {
  const to = await getPlan(db, input.to)
  if (!input.allowInactive) assertSold(to)
  const found = await find(db, input.names)
  const over = input.allowOverLimit ? nobody : await listOverLimit(db, operator, tenantsOf(found), to)
  const decided = decideAll(input.names, found, (meant) => decide(meant, to, over))
  const items = decided.flatMap((one) => ('rows' in one ? one : []))
  assertDistinct(items)
  const subject = counted(items.length, 'subscription')
  return {
    headline: `Change ${subject} to ${to.slug} when their periods end.`,
    subject,
    targets: [`plan:${to.slug}`],
    warnings: ['Stripe is not told. Its schedules must be changed there, too.'],
    items,
    missed: decided.flatMap((one) => ('outcome' in one ? one : [])),
  }
}

type Decided = JobItem | MissedItem
type Over = ReadonlyMap<string, readonly ExceededLimit[]>

const nobody: Over = new Map()

function isList(names: ChangeManyInput['names']): names is readonly string[] {
  return Array.isArray(names)
}

async function find(db: Reader, names: ChangeManyInput['names']): Promise<MeantSubscription[]> {
  if (isList(names)) return listMeant(db, names)
  const {fromPlan, status} = names
  return listSelected(db, {planId: fromPlan === undefined ? undefined : (await getPlan(db, fromPlan)).id, status})
}

function tenantsOf(found: readonly MeantSubscription[]): string[] {
  return [...new Set(found.map(({tenant_id}) => tenant_id))]
}

/** One decision for each name, in the order they were named. */
function decideAll(
  names: ChangeManyInput['names'],
  found: readonly MeantSubscription[],
  decideOne: (meant: MeantSubscription) => Decided,
): Decided[] {
  const byName = Map.groupBy(found, ({name}) => name)
  const all = isList(names) ? names : [...byName.keys()]
  return all.map((name) => {
    const [one, another] = preferLiving(byName.get(name) ?? [])
    if (!one) return left(name, 'unknown', `No tenant or subscription ${name}.`)
    if (another) return left(name, 'refused', `${name} means several subscriptions: name one by its id or Stripe id.`)
    return decideOne(one)
  })
}

// As with one tenant: the deleted count only where nobody else has the name.
function preferLiving(meant: readonly MeantSubscription[]): readonly MeantSubscription[] {
  const living = meant.filter(({deleted}) => !deleted)
  return living.length > 0 ? living : meant.slice(0, 1)
}

function decide(meant: MeantSubscription, to: PlanRow, over: Over): Decided {
  const {name, tenant_id, tenant, deleted, id, status, plan_id, pending_plan_id} = meant
  const called = tenant ?? tenant_id
  if (deleted) return left(name, 'deleted', `${called} is deleted.`)
  if (id === null || !isLive(status)) return left(name, 'refused', `${called} has no live subscription.`)
  if (pending_plan_id === to.id) return left(name, 'already', `${called} is to change to ${to.slug} already.`)
  if (plan_id === to.id && pending_plan_id === null) return left(name, 'already', `${called} is on ${to.slug} already.`)
  if (plan_id === to.id) return left(name, 'refused', `${called} is on ${to.slug} and is to leave it: pm plan keep.`)
  const exceeded = over.get(tenant_id)
  if (exceeded) return left(name, 'refused', `${called} is beyond ${exceeded.map(describeExceeded).join(', ')}.`)
  return itemOf(meant, id, to)
}

function itemOf({name, tenant, tenant_id, ...subscription}: MeantSubscription, id: string, to: PlanRow): JobItem {
  const {status, plan_id, pending_plan_id, stripe_subscription_id: stripe} = subscription
  const called = tenant ?? tenant_id
  return {
    target: name,
    targets: [`tenant:${called}`, `subscription:${stripe ?? id}`],
    rows: [
      {
        table: 'public.subscriptions',
        label: `subscription of ${called}`,
        key: {id},
        before: {status, plan_id, pending_plan_id},
        after: {pending_plan_id: to.id},
      },
    ],
  }
}

function left(target: string, outcome: MissedItem['outcome'], reason: string): MissedItem {
  return {target, outcome, reason}
}

/** @throws UsageError where two names mean the same subscription: somebody is mistaken about one of them */
function assertDistinct(items: readonly JobItem[]): void {
  const named = new Map<unknown, string>()
  for (const {target, rows} of items) {
    const id = rows[0]?.key.id
    const other = named.get(id)
    if (other !== undefined) throw new UsageError(`“${other}” and “${target}” mean the same subscription.`)
    named.set(id, target)
  }
}
