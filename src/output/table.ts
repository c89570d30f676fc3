import {headerOf, readCell} from './cell.ts'
import {fieldNames} from './fields.ts'
import {type Fittable, fitColumns} from './fit.ts'
import {inFull} from './in-full.ts'
import {cellPainter} from './paint-cell.ts'
import type {Style} from './style.ts'
import {displayWidth, truncate, widest} from './text-width.ts'
import type {Cell, Kind, View} from './view.ts'

/** A drawn table, and the columns there was no room for. */
export interface TableText {
  text: string
  hidden: string[]
}

/** A table that more rows can follow. */
export interface DrawnTable extends TableText {
  layout: Layout
}

/** The columns that a table shows, by their names, and how wide each is. */
export type Layout = ReadonlyMap<string, number>

interface Column extends Fittable {
  name: string
  align: 'left' | 'right'
  /** The heading, where there is one, and the rows. */
  cells: readonly Cell[]
}

const numbers: ReadonlySet<Kind> = new Set(['integer', 'decimal'])
const shortenable: ReadonlySet<Kind> = new Set(['text', 'json', 'list'])
const shortest = 12

/**
 * Draws rows as columns for a person, within style.width unless style.fields insists on its columns. Of no rows there
 * is no text: that nothing was found is for stderr.
 * @param earlier of a table that these rows go on with: it has its heading, and its columns stay as wide where they can
 */
export async function renderTable<Row extends object>(
  rows: readonly Row[],
  view: View<Row>,
  columns: readonly (keyof Row & string)[],
  style: Style,
  earlier?: Layout,
): Promise<DrawnTable> {
  if (rows.length === 0) return {text: '', hidden: [], layout: new Map()}
  const chosen = earlier ? columns.filter((name) => earlier.has(name)) : columns
  const all = chosen.map((name) => readColumn(rows, name, view, {...style, earlier}))
  const {shown, hidden} = fitColumns(all, style.width, style.fields !== undefined || earlier !== undefined)
  const {drawTable} = await import('./draw-table.ts')
  const paint = await cellPainter(style)
  const drawable = shown.map(({column, width}) => ({...column, width, cells: shorten(column.cells, width)}))
  const layout = new Map(shown.map(({column: {name}, width}) => [name, width]))
  const text = drawTable(drawable, paint)
  return {text: style.inFull ? rowsInFull(text, all) : text, hidden: hidden.map(({name}) => name), layout}
}

/** Each row says what stands in all of its columns, also in those there was no room for. */
function rowsInFull(text: string, columns: readonly Column[]): string {
  const lines = text.split('\n').slice(0, -1)
  const says = (row: number) => columns.map(({cells}) => cells[row]?.text ?? '').join('  ')
  return lines.map((line, row) => `${inFull({line, says: says(row)})}\n`).join('')
}

/** What `-o wide` shows: the table, and behind it what the view adds or else all the rest. */
export function wideColumns<Row extends object>(view: View<Row>): (keyof Row & string)[] {
  const added = view.wide ?? fieldNames(view).filter((name) => !view.table.includes(name))
  return [...view.table, ...added]
}

function readColumn<Row extends object>(
  rows: readonly Row[],
  name: keyof Row & string,
  view: View<Row>,
  {header, clock, earlier}: Style & {earlier: Layout | undefined},
): Column {
  const {kind, least: useful = shortest} = view.fields[name]
  const heading: Cell[] = header && !earlier ? [{text: headerOf(name, view), tone: 'strong'}] : []
  const cells = [...heading, ...rows.map((row) => readCell(row, name, view, clock))]
  const natural = Math.max(1, earlier?.get(name) ?? 0, widest(cells.map(({text}) => text)))
  const needed = Math.max(useful, displayWidth(heading[0]?.text ?? ''))
  const least = shortenable.has(kind) ? Math.min(natural, needed) : natural
  return {name, align: numbers.has(kind) ? 'right' : 'left', cells, natural, least, isKey: name === view.name}
}

function shorten(cells: readonly Cell[], width: number): Cell[] {
  return cells.map((cell) => ({...cell, text: truncate(cell.text, width)}))
}
