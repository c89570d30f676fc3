import {maskedRow} from '../changes/masked.ts'
import {opOf, type Plan, type RowChange} from '../changes/plan.ts'
import type {Json} from '../db/schema/json.ts'
import {type RowDiff, renderDiff} from '../output/diff.ts'
import {gathered, renderFlows} from '../output/flows.ts'
import type {Style} from '../output/format.ts'
import {sanitize} from '../output/sanitize.ts'
import {renderTable} from '../output/table.ts'
import type {View} from '../output/view.ts'
import {wrap} from '../output/wrap.ts'
import {differs} from '../rules/mask.ts'
import {isBookkeeping, isQuietColumn} from '../rules/row-label.ts'
import {summedUp} from './summed-up.ts'

/** How many rows, and effects, of a plan are shown. */
export const shownRows = 10

/** The plan as its operator reads it before consenting: what it means, then which rows change and how, then warnings. */
export async function drawPlan<Effect extends object>(
  plan: Plan<Effect>,
  view: View<Effect> | undefined,
  style: Style,
): Promise<string> {
  const flows = await renderFlows(gathered(plan.flows ?? []), style)
  const effects = view ? await drawEffects(plan.effects, view, style) : ''
  // What the effects say already is not said twice.
  const rows = effects ? plan.rows.filter(({inEffects}) => !inEffects) : plan.rows
  const shown = rows.slice(0, shownRows).map((row) => toDiff(row, plan.called))
  const diff = await renderDiff(shown, style, {more: rows.length - shown.length + (plan.furtherRows ?? 0)})
  const warnings = summedUp(plan.warnings).map((warning) => inLines('! ', warning, style))
  return [inLines('', plan.headline, style), flows, effects, diff, warnings.join('')]
    .filter(Boolean)
    .join('\n')
    .trimEnd()
}

/** A sentence behind a mark, under which its further lines begin. */
function inLines(mark: string, sentence: string, {width}: Style): string {
  const indent = ' '.repeat(mark.length)
  // A name may hold what would begin another line.
  return wrap(sanitize(sentence), width - mark.length)
    .map((line, at) => `${at === 0 ? mark : indent}${line}\n`)
    .join('')
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

function toDiff(planned: RowChange, called: Readonly<Record<string, string>> = {}): RowDiff {
  const row = maskedRow(planned)
  const told = (name: string) => !isBookkeeping(name) && (opOf(row) === 'update' || !isQuietColumn(name))
  const names = Object.keys(row.after ?? row.before ?? {}).filter(told)
  const shown = (name: string, value: Json = null) =>
    called[typeof value === 'number' ? `${name} ${value}` : `${value}`] ?? value
  const columns = names.map((name) => ({
    name,
    before: shown(name, row.before?.[name]),
    after: shown(name, row.after?.[name]),
  }))
  return {label: row.label, op: opOf(row), columns: columns.filter(({before, after}) => differs(before, after))}
}
