import {maskedRow} from '../changes/masked.ts'
import {opOf, type Plan, type RowChange} from '../changes/plan.ts'
import {type Format, renderList, renderRecord, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'
import {needsSecret} from '../rules/mask.ts'

/** What a write says of itself as data; `change` is null after a dry run. */
interface Outcome<Effect> {
  change: number | null
  undo: string | null
  headline: string
  targets: readonly string[]
  effects: readonly Effect[]
  rows: readonly Pick<RowChange, 'table' | 'key' | 'before' | 'after'>[]
  warnings: readonly string[]
}

interface ChangedRow {
  row: string
  op: string
  before: RowChange['before']
  after: RowChange['after']
}

const writtenView: View<Outcome<object>['rows'][number]> = {
  noun: 'row',
  plural: 'rows',
  name: 'table',
  fields: {
    table: {kind: 'text'},
    key: {kind: 'json'},
    before: {kind: 'json', nullable: true},
    after: {kind: 'json', nullable: true},
  },
  table: ['table', 'key'],
}

/** A write's outcome in JSON; its effects are the command's own. */
export const outcomeView: View<Outcome<object>> = {
  noun: 'outcome',
  plural: 'outcomes',
  name: 'change',
  fields: {
    change: {kind: 'integer', nullable: true},
    undo: {kind: 'text', nullable: true},
    headline: {kind: 'text'},
    targets: {kind: 'list'},
    effects: {kind: 'json'},
    rows: {kind: 'json', rows: writtenView},
    warnings: {kind: 'list'},
  },
  table: ['change', 'headline'],
}

const rowView: View<ChangedRow> = {
  noun: 'row',
  plural: 'rows',
  name: 'row',
  fields: {
    row: {kind: 'text'},
    op: {kind: 'text'},
    before: {kind: 'json', nullable: true},
    after: {kind: 'json', nullable: true},
  },
  table: ['row', 'op', 'after'],
}

/** The data a write leaves on stdout: in JSON and YAML the whole outcome, else a line for each effect, or each row. */
export function renderOutcome<Effect extends object>(
  plan: Plan<Effect>,
  view: View<Effect> | undefined,
  change: number | null,
  format: Format,
  style: Style,
): AsyncIterable<string> {
  const undo = change === null || !isUndoable(plan) ? null : `pm audit undo ${change}`
  const {headline, targets, effects, warnings} = plan
  const rows = plan.rows.map(maskedRow).map(({table, key, before, after}) => ({table, key, before, after}))
  if (format === 'json' || format === 'yaml' || format === 'name') {
    const {fields: _, ...whole} = style
    return one(renderRecord({change, undo, headline, targets, effects, rows, warnings}, outcomeView, format, whole))
  }
  if (view && effects.length > 0) return renderList(one(effects), view, format, style)
  const changed = plan.rows
    .map(maskedRow)
    .map((row) => ({row: row.label, op: opOf(row), before: row.before, after: row.after}))
  return renderList(one(changed), rowView, format, style)
}

async function* one<T>(item: T): AsyncGenerator<T> {
  yield item
}

/** Whether the change can be undone: not when going back would need a secret, which the record does not keep. */
export function isUndoable({rows}: Pick<Plan<object>, 'rows'>): boolean {
  return !rows.map(maskedRow).some(needsSecret)
}
