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
  /** How far the job is, where many things are changed by one; its rows are not repeated here. */
  job: object | null
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
    job: {kind: 'json', nullable: true},
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

/** The change that was made, and the command that undoes it; null where it cannot be undone. */
export interface Made {
  change: number
  undo: string | null
}

/**
 * Tells which change it was, and how it is taken back.
 * @param mayUndo whether who made it may do that
 */
export function doneLine({change, undo}: Made, mayUndo: boolean): string {
  const wayBack = undo
    ? `${mayUndo ? 'To undo it' : 'An operator with audit.undo can undo it'}: ${undo}`
    : 'It touched a secret and cannot be undone.'
  return `\nDone: change ${change}. ${wayBack}`
}

/**
 * The data a write leaves on stdout: in JSON and YAML the whole outcome, as its name the id of the change, else a line
 * for each effect, or each row.
 * @param made null where nothing was changed
 */
export function renderOutcome<Effect extends object>(
  plan: Plan<Effect>,
  view: View<Effect> | undefined,
  made: Made | null,
  format: Format,
  style: Style,
): AsyncIterable<string> {
  const {change, undo} = made ?? {change: null, undo: null}
  const {headline, targets, effects, warnings} = plan
  const rows = plan.rows.map(maskedRow).map(({table, key, before, after}) => ({table, key, before, after}))
  if (format === 'name') return one(made ? `${made.change}\n` : '')
  if (format === 'json' || format === 'yaml') {
    const {fields: _, ...whole} = style
    return one(
      renderRecord({change, undo, headline, targets, effects, rows, warnings, job: null}, outcomeView, format, whole),
    )
  }
  if (view && effects.length > 0) return renderList(one(effects), view, format, style)
  const changed = plan.rows
    .map(maskedRow)
    .map((row) => ({row: row.label, op: opOf(row), before: row.before, after: row.after}))
  return renderList(one(changed), rowView, format, style)
}

/** What is told of a plan of many, whether it is done or only looked at. */
export type ToldOfMany = Pick<Plan<object>, 'headline' | 'targets' | 'warnings' | 'effects' | 'flows'>

/** The data that a write by a job leaves on stdout: in JSON and YAML the whole outcome, else the job's line. */
export function renderJob<Job extends {change: number}>(
  {headline, targets, warnings, effects, flows = []}: ToldOfMany,
  job: Job | null,
  undo: string | null,
  view: View<Job>,
  format: Format,
  style: Style,
): AsyncIterable<string> {
  if (format !== 'json' && format !== 'yaml') return renderList(one(job ? [job] : []), view, format, style)
  const {fields: _, ...whole} = style
  const change = job?.change ?? null
  return one(
    renderRecord(
      {change, undo, headline, targets, effects: [...flows, ...effects], rows: [], warnings, job},
      outcomeView,
      format,
      whole,
    ),
  )
}

async function* one<T>(item: T): AsyncGenerator<T> {
  yield item
}

/** Whether the change can be undone: not when going back would need a secret, which the record does not keep. */
export function isUndoable({rows}: Pick<Plan<object>, 'rows'>): boolean {
  return !rows.map(maskedRow).some(needsSecret)
}
