import {safeCell} from './cell.ts'
import {renderSections, type Section} from './detail.ts'
import {layOut, type Size} from './frame.ts'
import {cellPainter} from './paint-cell.ts'
import type {Style} from './style.ts'
import {displayWidth} from './text-width.ts'
import type {Cell} from './view.ts'
import {wrap} from './wrap.ts'

/** A line of a list; with an id it can be chosen. */
export interface Entry {
  line: Cell
  id?: string
}

/** What a screen shows: a list to choose from, what is to be said of the chosen one, or both. */
export interface Board {
  head: readonly Cell[]
  entries: readonly Entry[]
  detail: readonly Section[]
  /** What just happened, or is going on. */
  notice: Cell | null
  /** What the keys do, the most important first. */
  keys: readonly string[]
}

/** Where in a board its operator is. */
export interface Place {
  /** The id of the chosen entry. */
  chosen: string | undefined
  /** The line of the detail that is on top. */
  scroll: number
}

/** A board as the lines of a screen. */
export interface Drawn {
  lines: readonly string[]
  /** The lines of the detail at which its sections begin. */
  starts: readonly number[]
  /** All lines of the detail. */
  length: number
  /** The line of the detail that is on top. */
  scroll: number
}

/** Draws a board. A pure function of what it shows and where its operator is. */
export async function drawBoard(board: Board, place: Place, size: Size, style: Style): Promise<Drawn> {
  const {columns} = size
  const paint = await cellPainter(style)
  const {lines: detail, starts} = await drawDetail(board.detail, {...style, width: columns, links: false})
  const list = {lines: board.entries.map((entry) => paint(entryCell(entry, place))), focus: focusOf(board, place)}
  const about = {lines: detail, top: place.scroll}
  const hasList = board.entries.length > 0
  const hasDetail = detail.length > 0
  const {lines, tops} = layOut(
    {
      head: [...board.head.map((cell) => paint(safeCell(cell))), ''],
      panes: hasList && hasDetail ? [list, about] : [hasList ? list : about],
      foot: [...noticeLines(board, columns).map(paint), paint({text: keyLine(board.keys, columns), tone: 'dim'})],
    },
    size,
  )
  return {lines, starts, length: detail.length, scroll: tops[hasList ? 1 : 0] ?? 0}
}

// The mark tells without colour which one is chosen.
function entryCell({line, id}: Entry, {chosen}: Place): Cell {
  const cell = safeCell(line)
  if (id === undefined) return cell
  return {...cell, text: `${id === chosen ? '❯' : ' '} ${cell.text}`}
}

function focusOf({entries}: Board, {chosen}: Place): number {
  return Math.max(
    0,
    entries.findIndex(({id}) => id !== undefined && id === chosen),
  )
}

async function drawDetail(sections: readonly Section[], style: Style): Promise<{lines: string[]; starts: number[]}> {
  const lines: string[] = []
  const starts: number[] = []
  for (const section of sections) {
    if (lines.length > 0) lines.push('')
    starts.push(lines.length)
    const text = await renderSections([wrapped(section, style.width)], style)
    lines.push(...text.trimEnd().split('\n'))
  }
  return {lines, starts}
}

function wrapped({lines, ...section}: Section, columns: number): Section {
  if (!lines) return section
  const width = section.title === undefined ? columns : columns - 2
  const cells = lines.map((line) => (typeof line === 'string' ? {text: line} : line))
  return {...section, lines: cells.flatMap((cell) => wrap(cell.text, width).map((text) => ({...cell, text})))}
}

function noticeLines({notice}: Board, columns: number): Cell[] {
  if (!notice) return [{text: ''}]
  return wrap(notice.text, columns)
    .slice(0, 2)
    .map((text) => ({...notice, text}))
}

/** As many of the keys as one line has room for. */
function keyLine(keys: readonly string[], columns: number): string {
  let line = ''
  for (const key of keys) {
    const longer = line === '' ? key : `${line} · ${key}`
    if (displayWidth(longer) > columns) break
    line = longer
  }
  return line
}
