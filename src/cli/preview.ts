import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import {type Format, renderList, type Style} from '../output/format.ts'
import {renderAround} from '../output/record-around.ts'
import {Conflict} from '../rules/errors.ts'
import type {ToldOfMany} from './outcome.ts'
import {plannedNames, plannedRows, plannedView} from './planned.ts'

/** The data that a plan of many leaves on stdout where nothing is done: in JSON and YAML an outcome, else its rows. */
export function renderPreview(
  {headline, targets, warnings, effects, flows = []}: ToldOfMany,
  plan: BulkPlan,
  format: Format,
  style: Style,
): AsyncIterable<string> {
  if (format === 'name') return renderList(plannedNames(plan), plannedView, format, style)
  if (format !== 'json' && format !== 'yaml') return renderList(plannedRows(plan), plannedView, format, style)
  const outcome = {
    change: null,
    undo: null,
    headline,
    targets,
    effects: [...flows, ...effects],
    rows: [],
    warnings,
    job: null,
  }
  return renderAround(outcome, 'rows', plannedRows(plan), format)
}

/**
 * Returns where something can be done, or all is done already.
 * @param again what to do where all of it changed meanwhile
 * @throws Conflict
 */
export function assertPossible({items, missed}: BulkPlan, again: string | undefined): void {
  const left = missed.filter(({outcome}) => outcome !== 'already')
  if (items.length > 0 || left.length === 0) return
  const details = Object.fromEntries(
    [...Map.groupBy(missed, ({outcome}) => outcome)].map(([outcome, some]) => [outcome, some.length]),
  )
  const stale = details['stale'] ?? 0
  if (stale === 0) throw new Conflict('None of it is possible.', {details})
  const changed = `${stale.toLocaleString('en')} of ${missed.length.toLocaleString('en')}`
  throw new Conflict(`The plan is stale: ${changed} changed since it was planned, and nothing is left to do.`, {
    ...(again !== undefined && {hint: again}),
    details,
  })
}
