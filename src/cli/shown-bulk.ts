import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import type {Plan, RowChange} from '../changes/plan.ts'
import {shownRows} from './show-plan.ts'

/** What the operator sees of many: as of one, what it means, the first rows, warnings. */
export function asPlan({items, missed, warnings, ...plan}: BulkPlan): Plan {
  const rows = firstRows(items)
  const outcomes = [...Map.groupBy(missed, ({outcome}) => outcome)].map(
    ([outcome, some]) => `${some.length.toLocaleString('en')} left out, ${outcome}: ${some[0]?.reason}`,
  )
  const furtherRows = items.rows - rows.length
  return {...plan, rows, furtherRows, effects: [], warnings: [...outcomes, ...warnings]}
}

function firstRows(items: Iterable<JobItem>): RowChange[] {
  const rows: RowChange[] = []
  for (const item of items) {
    rows.push(...item.rows)
    if (rows.length >= shownRows) break
  }
  return rows
}
