import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {Change, Plan} from '../plan.ts'
import {counted} from '../wording.ts'
import type {BulkPlan} from './bulk-plan.ts'
import type {JobItem} from './item.ts'
import {PackedItems} from './packed-items.ts'

/** A change to be made to many targets. */
export interface EachOf<Input, Effect extends object> {
  change: Change<Input, Effect>
  targets: readonly string[]
  /** What the change is told about one of them. */
  inputOf: (target: string) => Input
  noun: string
  /** What it does, as a sentence begins: “Release”. */
  verb: string
}

/** Plans a change for each of many targets by itself; one for which it is not possible is left out and told of. */
export async function planEach<Input, Effect extends object>(
  db: Reader,
  operator: Operator,
  {change, targets, inputOf, noun, verb}: EachOf<Input, Effect>,
): Promise<BulkPlan> {
  // A job writes rows, whoever works it off; what is done besides would be left out in silence.
  if (change.besides || change.afterwards) throw new Error(`${verb}: what does more than rows is no job.`)
  const planned: Planned[] = []
  const taken = new Map<string, string>()
  for (const target of targets) {
    const one = await attempt(() => change.plan(db, inputOf(target), operator), target)
    planned.push('rows' in one ? unlessTaken(one, taken) : one)
  }
  const items = planned.flatMap((each) => ('rows' in each ? each : []))
  const subject = counted(items.length, noun)
  return {
    headline: `${verb} ${subject}.`,
    subject,
    targets: [],
    warnings: [...new Set(items.flatMap(({warnings}) => warnings))],
    items: PackedItems.of(items.map(({target, targets, rows}) => ({target, targets, rows}))),
    missed: planned.flatMap((each) => ('outcome' in each ? each : [])),
  }
}

type Planned = (JobItem & {warnings: readonly string[]}) | MissedItem

// The same thing by another of its names is changed once.
function unlessTaken(item: JobItem & {warnings: readonly string[]}, taken: Map<string, string>): Planned {
  const {target, rows} = item
  const keys = rows.map(({table, key}) => JSON.stringify([table, key]))
  const other = keys.map((key) => taken.get(key)).find((name) => name !== undefined)
  if (other !== undefined) return {target, outcome: 'already', reason: `${target} is ${other}, which is named as well.`}
  for (const key of keys) taken.set(key, target)
  return item
}

async function attempt(plan: () => Promise<Plan<object>>, target: string): Promise<Planned> {
  try {
    const {rows, targets, warnings, headline} = await plan()
    return rows.length > 0 ? {target, targets, rows, warnings} : {target, outcome: 'already', reason: headline}
  } catch (error) {
    if (error instanceof NotFound) return {target, outcome: 'unknown', reason: error.message}
    if (error instanceof Conflict) return {target, outcome: 'refused', reason: error.message}
    throw error
  }
}
