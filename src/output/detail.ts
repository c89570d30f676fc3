import {type Bar, barLines} from './bars.ts'
import {labelOf, readCell, safeCell} from './cell.ts'
import {type RowDiff, renderDiff} from './diff.ts'
import {fieldNames} from './fields.ts'
import {cellPainter} from './paint-cell.ts'
import {sanitizeText} from './sanitize.ts'
import type {Style} from './style.ts'
import {renderTable, type TableText} from './table.ts'
import {padEnd, widest} from './text-width.ts'
import type {Cell, Clock, Tone, View} from './view.ts'
import {wrapIndented} from './wrap.ts'

/** A label and what stands beside it. */
export type Pair = readonly [label: string, cell: Cell | string]

/** How much of a limit is used; a limit of null is none. */
interface Usage {
  label: string
  value: number
  max: number | null
  /** What stands behind the bar; by default how much of how much. */
  said?: string
  /** How full is meant; by default the fuller the worse. */
  tone?: Tone
}

/** A part of what `show` says about one thing; what is given stands in this order. */
export interface Section {
  title?: string
  pairs?: readonly Pair[] | ((clock: Clock) => readonly Pair[])
  bars?: readonly Usage[] | ((clock: Clock) => readonly Usage[])
  /** Made by tableSection. */
  table?: (style: Style) => Promise<TableText>
  /** Made by diffSection. */
  diff?: readonly RowDiff[]
  /** Free text; a line feed within it begins a new line. */
  lines?: readonly (Cell | string)[]
}

type PaintCell = (cell: Cell) => string

/** A section that is a table of rows, such as an IP's assignments. */
export function tableSection<Row extends object>(
  title: string,
  rows: readonly Row[],
  view: View<Row>,
  columns: readonly (keyof Row & string)[] = view.table,
): Section {
  if (rows.length === 0) return {title, lines: [{text: `No ${view.plural}.`, tone: 'dim'}]}
  return {title, table: (style) => renderTable(rows, view, columns, style)}
}

/** A section that was drawn already. */
export function paintedSection(text: string): Section {
  return {table: async () => ({text, hidden: []})}
}

/** A section that is a change, row by row. */
export function diffSection(title: string, rows: readonly RowDiff[]): Section {
  return {title, diff: rows}
}

/** A section that is the fields of one row, each as a table would show it. */
export function fieldsSection<Row extends object>(
  record: Row,
  view: View<Row>,
  names: readonly (keyof Row & string)[] = fieldNames(view),
): Section {
  return {pairs: (clock) => names.map((name) => [labelOf(name, view), readCell(record, name, view, clock)])}
}

/** The text of `show`: sections with a blank line between them; what has a title is indented under it. */
export async function renderSections(sections: readonly Section[], style: Style): Promise<string> {
  const paint = await cellPainter(style)
  const texts = await Promise.all(sections.map((section) => renderSection(section, style, paint)))
  return texts.filter((text) => text !== '').join('\n')
}

async function renderSection(section: Section, style: Style, paint: PaintCell): Promise<string> {
  const {title, pairs = [], bars = [], lines = []} = section
  const room = {...style, width: title ? style.width - 2 : style.width}
  const body = [
    ...pairLines(typeof pairs === 'function' ? pairs(style.clock) : pairs, room, paint),
    ...barLines((typeof bars === 'function' ? bars(style.clock) : bars).map(usageBar), room, paint),
    ...(await tableLines(section.table, room)),
    ...(await renderDiff(section.diff ?? [], room)).split('\n').slice(0, -1),
    ...lines.flatMap((line) => textLines(line, room.width, paint)),
  ]
  const heading = title ? [paint(safeCell({text: title, tone: 'strong'}))] : []
  return [...heading, ...body.map((line) => (title && line ? `  ${line}` : line))].map((line) => `${line}\n`).join('')
}

function pairLines(pairs: readonly Pair[], {links, width}: Style, paint: PaintCell): string[] {
  const labels = alignedLabels(pairs.map(([label]) => label))
  const indent = ' '.repeat(widest(labels) + 2)
  return pairs.flatMap(([, cell], index) => {
    const label = paint({text: labels[index] ?? '', tone: 'dim'})
    const shown = links ? safeCell(cell) : withAddress(safeCell(cell))
    return textLines(shown, width - indent.length, paint).map((line, at) => (at === 0 ? `${label}  ` : indent) + line)
  })
}

// Where a terminal has no links, the address itself is what one can copy; often it ends with the words.
function withAddress({href, ...cell}: Cell): Cell {
  if (href === undefined) return cell
  return safeCell({...cell, text: href.endsWith(cell.text) ? href : `${cell.text}  ${href}`})
}

function usageBar({label, value, max, said = usageText(value, max), tone = usageTone(value, max)}: Usage): Bar {
  return {label, value, max: max ?? Number.POSITIVE_INFINITY, said, tone}
}

async function tableLines(table: Section['table'], style: Style): Promise<string[]> {
  if (!table) return []
  const {text, hidden} = await table(style)
  if (hidden.length > 0) style.onHidden?.(hidden)
  return text.split('\n').slice(0, -1)
}

function textLines(line: Cell | string, width: number, paint: PaintCell): string[] {
  const {text, breaks = false, ...looks} = typeof line === 'string' ? {text: line} : line
  const parts = breaks ? wrapIndented(text, width) : sanitizeText(text).split('\n')
  return parts.map((part) => paint({text: part, ...looks}))
}

function alignedLabels(labels: readonly string[]): string[] {
  const safe = labels.map((label) => safeCell(label).text)
  const width = widest(safe)
  return safe.map((label) => padEnd(label, width))
}

function usageTone(value: number, max: number | null): Tone {
  const share = max === null ? 0 : value / max
  if (share >= 1) return 'bad'
  return share >= 0.8 ? 'warn' : 'good'
}

function usageText(value: number, max: number | null): string {
  if (max === null) return `${value.toLocaleString('en-US')} (no limit)`
  const share = max > 0 ? ` (${Math.floor((value / max) * 100)}%)` : ''
  return `${value.toLocaleString('en-US')} / ${max.toLocaleString('en-US')}${share}`
}
