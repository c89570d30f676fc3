import {maskedRow} from '../changes/masked.ts'
import {opOf, type Plan, type RowChange} from '../changes/plan.ts'
import {type RowDiff, renderDiff} from '../output/diff.ts'
import type {Style} from '../output/format.ts'
import {sanitize} from '../output/sanitize.ts'
import {renderTable} from '../output/table.ts'
import type {View} from '../output/view.ts'
import {differs} from '../rules/mask.ts'
import {isBookkeeping, isQuietColumn} from '../rules/row-label.ts'

const shownRows = 10

/** The plan as its operator reads it before consenting: what it means, then which rows change and how, then warnings. */
export async function drawPlan<Effect extends object>(
  plan: Plan<Effect>,
  view: View<Effect> | undefined,
  style: Style,
): Promise<string> {
  const effects = view ? await drawEffects(plan.effects, view, style) : ''
  // What the effects say already is not said twice.
  const rows = effects ? plan.rows.filter(({inEffects}) => !inEffects) : plan.rows
  const diff = await renderDiff(rows.map(toDiff), style, {max: shownRows})
  const warnings = plan.warnings.map((warning) => `! ${sanitize(warning)}\n`).join('')
  return [`${sanitize(plan.headline)}\n`, effects, diff, warnings].filter(Boolean).join('\n').trimEnd()
}

async function drawEffects<Effect extends object>(
  effects: readonly Effect[],
  view: View<Effect>,
  style: Style,
): Promise<string> {
  // On a narrow terminal lines wrap and no column is left out: nothing is applied that was not shown.
  const {text} = await renderTable(effects.slice(0, shownRows), view, view.table, {...style, fields: view.table})
  const more = effects.length - shownRows
  return more > 0 ? `${text}… and ${more.toLocaleString('en')} more ${view.plural}\n` : text
}

function toDiff(planned: RowChange): RowDiff {
  const row = maskedRow(planned)
  const told = (name: string) => !isBookkeeping(name) && (opOf(row) === 'update' || !isQuietColumn(name))
  const names = Object.keys(row.after ?? row.before ?? {}).filter(told)
  const columns = names.map((name) => ({name, before: row.before?.[name] ?? null, after: row.after?.[name] ?? null}))
  return {label: row.label, op: opOf(row), columns: columns.filter(({before, after}) => differs(before, after))}
}
