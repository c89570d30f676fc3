import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {Change, Plan} from '../plan.ts'
import type {BulkPlan, JobItem} from './item.ts'

/** A change to be made to many targets. */
export interface EachOf<Input> {
  change: Change<Input, never>
  targets: readonly string[]
  /** What the change is told about one of them. */
  inputOf: (target: string) => Input
  /** “24 IPs”, of so many that will change. */
  counted: (count: number) => string
  /** “Release”. */
  verb: string
}

/** Plans a change for each of many targets by itself; one for which it is not possible is left out and told of. */
export async function planEach<Input>(
  db: Reader,
  operator: Operator,
  {change, targets, inputOf, counted, verb}: EachOf<Input>,
): Promise<BulkPlan> {
  const items: JobItem[] = []
  const missed: MissedItem[] = []
  const warnings = new Set<string>()
  for (const target of targets) {
    const plan = await attempt(() => change.plan(db, inputOf(target), operator), target)
    if ('outcome' in plan) missed.push(plan)
    else if (plan.rows.length === 0) missed.push({target, outcome: 'already', reason: plan.headline})
    else items.push({target, targets: plan.targets, rows: plan.rows})
    if ('warnings' in plan) for (const warning of plan.warnings) warnings.add(warning)
  }
  const subject = counted(items.length)
  return {headline: `${verb} ${subject}.`, subject, targets: [], warnings: [...warnings], items, missed}
}

async function attempt(plan: () => Promise<Plan>, target: string): Promise<Plan | MissedItem> {
  try {
    return await plan()
  } catch (error) {
    if (error instanceof NotFound) return {target, outcome: 'unknown', reason: error.message}
    if (error instanceof Conflict) return {target, outcome: 'refused', reason: error.message}
    throw error
  }
}
