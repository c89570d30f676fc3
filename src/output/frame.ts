import {clip, fill} from './clip.ts'

/** Of a terminal, or of a part of it. */
export interface Size {
  columns: number
  rows: number
}

/** A part of a screen that shows some of its lines. */
interface Pane {
  lines: readonly string[]
  /** The line that is in the middle, so far as there are others around it; the first by default. */
  focus?: number
  /** The line that is on top, so far as others follow to fill the pane; goes before `focus`. */
  top?: number
}

/** What fills a screen: what always stands at its top and its foot, and between them one pane, or two with a rule between. */
export interface Frame {
  head: readonly string[]
  panes: readonly [Pane] | readonly [Pane, Pane]
  foot: readonly string[]
}

/** A frame as the rows of a screen. */
export interface LaidOut {
  lines: string[]
  /** The line of each pane that is on top; there is none of a pane for which there was no room. */
  tops: number[]
}

/** The least that a pane is worth having. */
const leastRows = 3

/** Exactly as many lines as there are rows, none wider than the columns; arrows at the edge say where a pane goes on. */
export function layOut({head, panes, foot}: Frame, {columns, rows}: Size): LaidOut {
  const top = head.slice(0, rows)
  const bottom = foot.slice(0, Math.max(0, rows - top.length))
  const room = rows - top.length - bottom.length
  const {lines, tops} = between(panes, {columns, rows: room})
  return {lines: [...top, ...lines, ...bottom].map((line) => clip(line, columns)), tops}
}

function between([upper, lower]: Frame['panes'], {columns, rows}: Size): LaidOut {
  if (!lower || rows <= leastRows * 2) return inSight(upper, {columns, rows})
  const most = Math.max(leastRows, Math.floor(rows * 0.4))
  const share = Math.min(upper.lines.length, Math.max(most, rows - 1 - lower.lines.length))
  const [above, below] = [inSight(upper, {columns, rows: share}), inSight(lower, {columns, rows: rows - share - 1})]
  return {lines: [...above.lines, '─'.repeat(columns), ...below.lines], tops: [...above.tops, ...below.tops]}
}

/** As many of the lines as fit; empty ones where there are fewer. */
function inSight({lines, focus = 0, top}: Pane, {columns, rows}: Size): LaidOut {
  const last = Math.max(0, lines.length - rows)
  const first = Math.max(0, Math.min(last, top ?? focus - Math.floor(rows / 2)))
  const shown = Array.from({length: rows}, (_, row) => lines[first + row] ?? '')
  const edge = (row: number) => (row === rows - 1 && first < last ? '↓' : row === 0 && first > 0 ? '↑' : null)
  return {lines: shown.map((line, row) => atEdge(line, edge(row), columns)), tops: [first]}
}

function atEdge(line: string, arrow: string | null, columns: number): string {
  return arrow === null ? line : `${fill(line, Math.max(0, columns - 2))} ${arrow}`
}
