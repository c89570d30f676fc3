import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {planSlugs} from '../../queries/plan/names.ts'
import {listMeant, listSelected, type MeantSubscription} from '../../queries/subscription/meant.ts'
import {listOverLimit} from '../../queries/tenant/over-limit.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {SubscriptionStatus} from '../../rules/subscription-status.ts'
import type {BulkPlan, HowFar} from '../job/bulk-plan.ts'
import {Distinct} from '../job/distinct.ts'
import {nothingToChange} from '../job/nothing-to-change.ts'
import {PackedItems} from '../job/packed-items.ts'
import {oneAhead} from '../one-ahead.ts'
import {type Footing, planObstacles} from '../plan.ts'
import {counted} from '../wording.ts'
import {assertSold} from './change-plan.ts'
import {decideAll, type Over} from './decide-change.ts'
import {Flows} from './flows.ts'

/** Which subscriptions, where they are not named one by one: all of a plan, all in some states. */
export interface SubscriptionSelection {
  fromPlan: string | undefined
  status: readonly SubscriptionStatus[] | undefined
}

/** Which subscriptions are to change to which plan. */
export interface ChangeManyInput {
  /** Tenants and subscriptions by whatever names one; or which of all. */
  names: readonly string[] | SubscriptionSelection
  /** The line of a list in which a name stands. */
  lineOf?: (name: string) => number | undefined
  to: string
  allowOverLimit: boolean
  allowInactive: boolean
}

/** Plans what `changePlan` does, for many subscriptions in a few queries. Stripe is not told. */
export async function planChanges(
  db: Reader,
  input: ChangeManyInput,
  operator: Operator,
  howFar?: HowFar,
): Promise<BulkPlan> {
  const to = await getPlan(db, input.to)
  if (!input.allowInactive) assertSold(to)
  const items = new PackedItems()
  const distinct = new Distinct()
  const flows = new Flows()
  const missed: MissedItem[] = []
  const overLimit = async (found: readonly MeantSubscription[]) =>
    input.allowOverLimit ? nobody : listOverLimit(db, operator, tenantsOf(found), to)
  const batches = isList(input.names) ? named(db, input.names, howFar) : selected(db, input.names)
  for await (const {names, found, over} of oneAhead(withLimits(batches, overLimit))) {
    for (const {decided, meant} of decideAll(names, found, {to, over, standsOn: footing(to, input)})) {
      const one = {...decided, line: input.lineOf?.(decided.target)}
      distinct.add(one.target, meant)
      if ('rows' in one) {
        items.add(one)
        flows.add(one)
      } else missed.push(one)
    }
  }
  distinct.check('subscription')
  const called = await planSlugs(db)
  const subject = counted(items.length, 'subscription')
  const theirEnd = items.length === 1 ? 'its period ends' : 'their periods end'
  const headline = `Change ${subject} to ${to.slug} when ${theirEnd}.`
  return {
    headline: items.length > 0 ? headline : nothingToChange('subscription', missed),
    subject,
    targets: [`plan:${to.slug}`],
    warnings: items.length > 0 ? ['Stripe is not told. Its schedules must be changed there, too.'] : [],
    called,
    flows: flows.to(to.slug, called),
    items,
    missed,
  }
}

const nobody: Over = new Map()

function footing({id}: PlanRow, {allowInactive, allowOverLimit}: ChangeManyInput): Footing {
  const although = planObstacles.filter((one) => (one === 'not sold' ? allowInactive : allowOverLimit))
  return {plan: id, ...(although.length > 0 && {although})}
}

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

async function* named(db: Reader, names: readonly string[], howFar?: HowFar): AsyncGenerator<Batch> {
  for (let at = 0; at < names.length; at += batchSize) {
    const some = names.slice(at, at + batchSize)
    yield {names: some, found: await listMeant(db, some)}
    howFar?.(at + some.length, names.length)
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
