import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {PlanOf, SetWise} from '../set-wise.ts'
import {counted} from '../wording.ts'
import {batches} from './batches.ts'
import type {BulkPlan, HowFar} from './bulk-plan.ts'
import {Distinct} from './distinct.ts'
import type {JobItem} from './item.ts'
import {missedBy} from './missed-by.ts'
import {PackedItems} from './packed-items.ts'

/** A change to be made to many targets. */
export interface EachOf<Input, Effect extends object> {
  change: SetWise<Input, Effect>
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
  each: EachOf<Input, Effect>,
  howFar?: HowFar,
): Promise<BulkPlan> {
  const {lineOf, noun, verb} = each
  const items = new PackedItems()
  const distinct = new Distinct()
  const allWarnings = new Set<string>()
  const missed: MissedItem[] = []
  for await (const planned of planInBatches(db, operator, each, howFar)) {
    const line = lineOf?.(planned.target)
    if ('rows' in planned) {
      const {warnings, ...item} = planned
      distinct.add(item)
      items.add({...item, line})
      for (const warning of warnings) allWarnings.add(warning)
    } else missed.push({...planned, line})
  }
  distinct.check(noun)
  const subject = counted(items.length, noun)
  return {headline: `${verb} ${subject}.`, subject, targets: [], warnings: [...allWarnings], items, missed}
}

type Planned = (JobItem & {warnings: readonly string[]}) | MissedItem

async function* planInBatches<Input, Effect extends object>(
  db: Reader,
  operator: Operator,
  {change, targets, inputOf}: EachOf<Input, Effect>,
  howFar?: HowFar,
): AsyncGenerator<Planned> {
  const doesMore = change.besides !== undefined || change.afterwards !== undefined
  let done = 0
  for (const some of batches(targets)) {
    const named = some.map((target) => ({target, input: inputOf(target)}))
    const inputs = named.map(({input}) => input)
    const planOf = await change.readFor(db, inputs, operator)
    for (const {target, input} of named) {
      const planned = await attempt(planOf, target, input)
      // Whoever works a job off does what it keeps: what is done besides would be left out in silence.
      if (doesMore && 'rows' in planned && !planned.besides) throw new Error('What does more than rows is no job.')
      yield planned
    }
    done += some.length
    howFar?.(done, targets.length)
  }
}

async function attempt<Input>(planOf: PlanOf<Input, object>, target: string, input: Input): Promise<Planned> {
  try {
    const {rows, targets, warnings, headline, besides} = await planOf(input)
    return rows.length > 0 ? {target, targets, rows, besides, warnings} : {target, outcome: 'already', reason: headline}
  } catch (error) {
    return missedBy(target, error)
  }
}
