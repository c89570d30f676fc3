import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {RowChange} from '../plan.ts'
import type {PlanOf, SetWise} from '../set-wise.ts'
import {counted} from '../wording.ts'
import {batches} from './batches.ts'
import type {BulkPlan, HowFar} from './bulk-plan.ts'
import type {Decision} from './decision.ts'
import {Distinct} from './distinct.ts'
import {missedBy} from './missed-by.ts'
import {nothingToChange} from './nothing-to-change.ts'
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
  for await (const {decided, meant, warnings = []} of planInBatches(db, operator, each, howFar)) {
    const one = {...decided, line: lineOf?.(decided.target)}
    distinct.add(one.target, meant)
    if ('rows' in one) items.add(one)
    else missed.push(one)
    for (const warning of warnings) allWarnings.add(warning)
  }
  distinct.check(noun)
  const subject = counted(items.length, noun)
  const headline = items.length > 0 ? `${verb} ${subject}.` : nothingToChange(noun, missed)
  return {headline, subject, targets: [], warnings: [...allWarnings], items, missed}
}

interface Planned extends Decision {
  warnings?: readonly string[]
}

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
      const {decided} = planned
      // Whoever works a job off does what it keeps: what is done besides would be left out in silence.
      if (doesMore && 'rows' in decided && !decided.besides) throw new Error('What does more than rows is no job.')
      yield planned
    }
    done += some.length
    howFar?.(done, targets.length)
  }
}

async function attempt<Input>(planOf: PlanOf<Input, object>, target: string, input: Input): Promise<Planned> {
  try {
    const {rows, targets, warnings, headline, standsOn, besides, settled = []} = await planOf(input)
    if (rows.length > 0)
      return {decided: {target, targets, rows, standsOn, besides}, meant: rows.map(keyOf).join('\n'), warnings}
    const [{id: meant, said: reason} = {id: undefined, said: headline}] = settled
    return {decided: {target, outcome: 'already', reason}, meant}
  } catch (error) {
    return {decided: missedBy(target, error)}
  }
}

function keyOf({table, key}: RowChange): string {
  return `${table} ${Object.values(key).join(' ')}`
}
