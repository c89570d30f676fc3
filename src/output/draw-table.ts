import Table from 'cli-table3'
import {displayWidth} from './text-width.ts'
import type {Cell} from './view.ts'

/** A column ready to be drawn: no cell is wider than the column. */
interface DrawableColumn {
  width: number
  align: 'left' | 'right'
  cells: readonly Cell[]
}

const gap = '  '
const horizontal = 'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right mid mid-mid'
const vertical = 'left left-mid middle right right-mid'
const noBorders = Object.fromEntries(`${horizontal} ${vertical}`.split(' ').map((name) => [name, '']))
const noStyle = {'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true}

/** Draws columns side by side, two spaces between them, without borders. */
export function drawTable(columns: readonly DrawableColumn[], paint: (cell: Cell) => string): string {
  const drawn = columns.map((column) => drawColumn(column, paint))
  const lines = drawn[0]?.map((_, row) => drawn.map((column) => column[row] ?? '').join(gap)) ?? []
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/**
 * cli-table3 aligns stand-ins, one for each width there is in the column, which then give way to the texts. Its time
 * goes by the square of its rows, and it misjudges newer emoji, many scripts, links and colours: so it sees few rows
 * and only plain letters.
 */
function drawColumn({width, align, cells}: DrawableColumn, paint: (cell: Cell) => string): string[] {
  const widths = cells.map(({text}) => displayWidth(text))
  const distinct = [...new Set(widths)]
  const table = new Table({chars: noBorders, style: noStyle, colWidths: [width], colAligns: [align]})
  table.push(...distinct.map((columns) => ['x'.repeat(columns)]))
  const lines = table.toString().split('\n')
  const frames = new Map(distinct.map((columns, index) => [columns, lines[index] ?? '']))
  return cells.map((cell, row) => (frames.get(widths[row] ?? 0) ?? '').replace(/x+/, () => paint(cell)))
}
