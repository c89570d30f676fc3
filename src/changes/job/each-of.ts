import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {Change, Plan} from '../plan.ts'
import {counted} from '../wording.ts'
import type {BulkPlan} from './bulk-plan.ts'
import {Distinct} from './distinct.ts'
import type {JobItem} from './item.ts'
import {PackedItems} from './packed-items.ts'

/** A change to be made to many targets. */
export interface EachOf<Input, Effect extends object> {
  change: Change<Input, Effect>
  targets: readonly string[]
  /** The line of a list in which a target was named. */
  lineOf?: (target: string) => number | undefined
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
  {change, targets, lineOf, inputOf, noun, verb}: EachOf<Input, Effect>,
): Promise<BulkPlan> {
  // A job writes rows, whoever works it off; what is done besides would be left out in silence.
  if (change.besides || change.afterwards) throw new Error(`${verb}: what does more than rows is no job.`)
  const planned: Planned[] = []
  const distinct = new Distinct()
  for (const target of targets) {
    const one = await attempt(() => change.plan(db, inputOf(target), operator), target)
    if ('rows' in one) distinct.add(one)
    planned.push({...one, line: lineOf?.(target)})
  }
  distinct.check(noun)
  const items = planned.flatMap((each) => ('rows' in each ? each : []))
  const subject = counted(items.length, noun)
  return {
    headline: `${verb} ${subject}.`,
    subject,
    targets: [],
    warnings: [...new Set(items.flatMap(({warnings}) => warnings))],
    items: PackedItems.of(items.map(({warnings: _, ...item}) => item)),
    missed: planned.flatMap((each) => ('outcome' in each ? each : [])),
  }
}

type Planned = (JobItem & {warnings: readonly string[]}) | MissedItem

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
