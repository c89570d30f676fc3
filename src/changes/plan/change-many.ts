import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {planSlugs} from '../../queries/plan/names.ts'
import {listMeant, listSelected, type MeantSubscription} from '../../queries/subscription/meant.ts'
import {listOverLimit} from '../../queries/tenant/over-limit.ts'
import {UsageError} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {describeExceeded, type ExceededLimit} from '../../rules/plan-limits.ts'
import {isLive, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import type {BulkPlan} from '../job/bulk-plan.ts'
import type {JobItem} from '../job/item.ts'
import {PackedItems} from '../job/packed-items.ts'
import {oneAhead} from '../one-ahead.ts'
import type {Flow} from '../plan.ts'
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
  const items = new PackedItems()
  const distinct = new Distinct()
  const flows = new Flows()
  const missed: MissedItem[] = []
  const overLimit = async (found: readonly MeantSubscription[]) =>
    input.allowOverLimit ? nobody : listOverLimit(db, operator, tenantsOf(found), to)
  const batches = isList(input.names) ? named(db, input.names) : selected(db, input.names)
  for await (const {names, found, over} of oneAhead(withLimits(batches, overLimit))) {
    for (const one of decideAll(names, found, (meant) => decide(meant, to, over))) {
      if ('rows' in one) {
        items.add(distinct.assert(one))
        flows.add(one)
      } else missed.push(one)
    }
  }
  const called = await planSlugs(db)
  const subject = counted(items.length, 'subscription')
  return {
    headline: `Change ${subject} to ${to.slug} when their periods end.`,
    subject,
    targets: [`plan:${to.slug}`],
    warnings: ['Stripe is not told. Its schedules must be changed there, too.'],
    called,
    flows: flows.to(to.slug, called),
    items,
    missed,
  }
}

type Decided = JobItem | MissedItem
type Over = ReadonlyMap<string, readonly ExceededLimit[]>

const nobody: Over = new Map()

function isList(names: ChangeManyInput['names']): names is readonly string[] {
  return Array.isArray(names)
}

/** Names, with what is found by them; some at a time, so that of many little is held at once. */
interface Batch {
  names: readonly string[]
  found: readonly MeantSubscription[]
}

// Fewer, and the server would go through its tables as often as there are batches.
const batchSize = 10_000

async function* named(db: Reader, names: readonly string[]): AsyncGenerator<Batch> {
  for (let at = 0; at < names.length; at += batchSize) {
    const some = names.slice(at, at + batchSize)
    yield {names: some, found: await listMeant(db, some)}
  }
}

async function* selected(db: Reader, {fromPlan, status}: SubscriptionSelection): AsyncGenerator<Batch> {
  const selection = {planId: fromPlan === undefined ? undefined : (await getPlan(db, fromPlan)).id, status}
  let after: string | null = null
  do {
    const found: MeantSubscription[] = await listSelected(db, selection, {after, most: batchSize})
    yield {names: found.map(({name}) => name), found}
    after = found.length < batchSize ? null : (found.at(-1)?.id ?? null)
  } while (after !== null)
}

async function* withLimits(
  batches: AsyncGenerator<Batch>,
  overLimit: (found: Batch['found']) => Promise<Over>,
): AsyncGenerator<Batch & {over: Over}> {
  for await (const batch of batches) yield {...batch, over: await overLimit(batch.found)}
}

function tenantsOf(found: readonly MeantSubscription[]): string[] {
  return [...new Set(found.map(({tenant_id}) => tenant_id))]
}

/** One decision for each name, in the order they were named. */
function decideAll(
  names: readonly string[],
  found: readonly MeantSubscription[],
  decideOne: (meant: MeantSubscription) => Decided,
): Decided[] {
  const byName = Map.groupBy(found, ({name}) => name)
  return names.map((name) => {
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

/** Counts how many subscriptions leave which plan. */
class Flows {
  readonly #leaving = new Map<unknown, number>()

  add({rows: [row]}: JobItem): void {
    const plan = row?.before?.plan_id
    this.#leaving.set(plan, (this.#leaving.get(plan) ?? 0) + 1)
  }

  /** All of them, to the plan with this slug; the most first. */
  to(slug: string, called: Readonly<Record<string, string>>): Flow[] {
    const flows = [...this.#leaving].map(([plan, count]) => ({from: called[String(plan)] ?? null, to: slug, count}))
    return flows.toSorted((one, other) => other.count - one.count)
  }
}

/** Tells whether two names mean the same subscription: somebody is mistaken about one of them then. */
class Distinct {
  readonly #named = new Map<unknown, string>()

  /** @throws UsageError */
  assert(item: JobItem): JobItem {
    const id = item.rows[0]?.key.id
    const other = this.#named.get(id)
    if (other !== undefined) throw new UsageError(`“${other}” and “${item.target}” mean the same subscription.`)
    this.#named.set(id, item.target)
    return item
  }
}
