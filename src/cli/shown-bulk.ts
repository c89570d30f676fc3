import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import type {Plan, RowChange} from '../changes/plan.ts'
import {firstFew} from '../rules/first-few.ts'
import type {MissedItem} from '../rules/item-outcome.ts'
import {shownRows} from './show-plan.ts'

/** What the operator sees of many: as of one, what it means, the first rows, warnings. */
export function asPlan({items, missed, warnings, ...plan}: BulkPlan): Plan {
  const rows = firstRows(items)
  const outcomes = [...Map.groupBy(missed, ({outcome}) => outcome)].map(leftOut)
  const furtherRows = items.rows - rows.length
  return {...plan, rows, furtherRows, effects: [], warnings: [...outcomes, ...warnings]}
}

// What means nothing says no more than its name; else the reasons differ.
function leftOut([outcome, missed]: [MissedItem['outcome'], MissedItem[]]): string {
  const told = missed.map(({target, line, reason}) => {
    const what = outcome === 'unknown' ? target : reason.replace(/\.$/, '')
    return line === undefined ? what : `${what} (line ${line})`
  })
  return `${missed.length.toLocaleString('en')} left out, ${outcome}: ${firstFew(told)}.`
}

function firstRows(items: Iterable<JobItem>): RowChange[] {
  const rows: RowChange[] = []
  for (const item of items) {
    rows.push(...item.rows)
    if (rows.length >= shownRows) break
  }
  return rows
}
