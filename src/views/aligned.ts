import type {Entry} from '../output/board.ts'
import {sanitize} from '../output/sanitize.ts'
import {padEnd, truncate, widest} from '../output/text-width.ts'
import type {Tone} from '../output/view.ts'

/** A line of a board that can be chosen. */
export interface ChosenLine extends Entry {
  /** What it says without what is drawn or changes with what stands around it. */
  says: string
}

/** A line whose cells stand under those of the lines around it. */
export interface Row {
  id: string
  cells: readonly string[]
  /** A drawing behind the first cell. */
  drawn?: string
  tone?: Tone
}

// One long name leaves room for what is said of it.
const widestCell = 32
const gap = '  '

/** Lines whose cells stand under each other. */
export function aligned(rows: readonly Row[]): ChosenLine[] {
  const cut = rows.map(({cells}) => cells.map((cell, at) => (at < cells.length - 1 ? short(cell) : cell)))
  const widths = (cut[0] ?? []).map((_, at) => widest(cut.map((cells) => cells[at] ?? '')))
  return rows.map(({id, cells, drawn, tone}, row) => {
    const [first = '', ...others] = (cut[row] ?? []).map((cell, at) => padEnd(cell, widths[at] ?? 0))
    const text = [first, ...(drawn === undefined ? [] : [drawn]), ...others].join(gap).trimEnd()
    return {...chosenLine(id, text, tone), says: cells.join(gap).trimEnd()}
  })
}

function short(cell: string): string {
  return truncate(sanitize(cell), widestCell)
}

/** A line that says the same as it shows. */
export function chosenLine(command: string, text: string, tone?: Tone): ChosenLine {
  return {id: command, line: tone ? {text, tone} : {text}, says: text}
}

/** Those of the entries that can be chosen. */
export function chosenLines(entries: readonly (Entry | ChosenLine)[]): ChosenLine[] {
  return entries.flatMap((entry) => ('says' in entry ? entry : []))
}
