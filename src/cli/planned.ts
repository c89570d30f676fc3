import {batches} from '../changes/job/batches.ts'
import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import type {JobResult} from '../changes/job/report.ts'
import {maskedRow} from '../changes/masked.ts'
import type {RowChange} from '../changes/plan.ts'
import type {View} from '../output/view.ts'
import {type ItemOutcome, itemOutcomes, outcomeWords} from '../rules/item-outcome.ts'

/** One row that would change for one of many targets; or a target that is left out, without a row. */
export interface PlannedRow {
  target: string
  /** The line of the list in which it was named; null where it came from no list. */
  line: number | null
  outcome: ItemOutcome
  reason: string | null
  table: string | null
  key: RowChange['key'] | null
  before: RowChange['before']
  after: RowChange['after']
}

/** A plan of many as data. */
export const plannedView: View<PlannedRow> = {
  noun: 'planned row',
  plural: 'planned rows',
  name: 'target',
  fields: {
    target: {kind: 'text'},
    line: {kind: 'integer', nullable: true},
    outcome: {kind: 'text', values: itemOutcomes, cell: (outcome) => outcomeWords[outcome]},
    reason: {kind: 'text', nullable: true},
    table: {kind: 'text', nullable: true},
    key: {kind: 'json', nullable: true},
    before: {kind: 'json', nullable: true},
    after: {kind: 'json', nullable: true},
  },
  table: ['target', 'outcome', 'reason'],
}

/** The rows that would change, then what is left out and why; some at a time. */
export async function* plannedRows({items, missed}: BulkPlan): AsyncGenerator<PlannedRow[]> {
  for (const some of batches(items)) yield some.flatMap(rowsOf)
  for (const some of batches(missed))
    yield some.map(({target, line = null, outcome, reason}) => ({target, line, outcome, reason, ...noRow}))
}

/** The names of what would change, some at a time. */
export async function* plannedNames({items}: BulkPlan): AsyncGenerator<PlannedRow[]> {
  for (const some of batches(items)) yield some.map(({target}) => ({target, line: null, ...waiting, ...noRow}))
}

/** The same as the results of a job of which nothing is done yet; only those with some outcomes. */
export async function* plannedResults(
  {items, missed}: Pick<BulkPlan, 'items' | 'missed'>,
  outcomes: readonly ItemOutcome[] = itemOutcomes,
): AsyncGenerator<JobResult[]> {
  let row = 0
  for (const some of batches(outcomes.includes('waiting') ? items : []))
    yield some.map(({target, line = null}) => ({row: ++row, line, target, ...waiting}))
  for (const some of batches(missed.filter(({outcome}) => outcomes.includes(outcome))))
    yield some.map(({line = null, target, outcome, reason}) => ({row: ++row, line, target, outcome, reason}))
}

const waiting = {outcome: 'waiting', reason: null} as const
const noRow = {table: null, key: null, before: null, after: null}

function rowsOf({target, line, rows}: JobItem): PlannedRow[] {
  return rows
    .map(maskedRow)
    .map(({table, key, before, after}) => ({target, line: line ?? null, ...waiting, table, key, before, after}))
}
