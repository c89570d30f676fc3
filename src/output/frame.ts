import {clip} from './clip.ts'

/** Of a terminal, or of a part of it. */
export interface Size {
  columns: number
  rows: number
}

/** A part of a screen that shows some of its lines. */
interface Pane {
  lines: readonly string[]
  /** The line that is in sight whatever else is; the first by default. */
  focus?: number
}

/** What fills a screen: what always stands at its top and its foot, and between them one pane, or two with a rule between. */
export interface Frame {
  head: readonly string[]
  panes: readonly [Pane] | readonly [Pane, Pane]
  foot: readonly string[]
}

/** The least that a pane is worth having. */
const leastRows = 3

/** Exactly as many lines as there are rows, none wider than the columns. */
export function layOut({head, panes, foot}: Frame, {columns, rows}: Size): string[] {
  const top = head.slice(0, rows)
  const bottom = foot.slice(0, Math.max(0, rows - top.length))
  const room = rows - top.length - bottom.length
  const lines = [...top, ...between(panes, {columns, rows: room}), ...bottom]
  return lines.map((line) => clip(line, columns))
}

function between([upper, lower]: Frame['panes'], {columns, rows}: Size): string[] {
  if (!lower || rows <= leastRows * 2) return inSight(upper, rows)
  const most = Math.max(leastRows, Math.floor(rows * 0.4))
  const share = Math.min(upper.lines.length, Math.max(most, rows - 1 - lower.lines.length))
  return [...inSight(upper, share), '─'.repeat(columns), ...inSight(lower, rows - share - 1)]
}

/** As many of the lines as fit, around the one in focus; empty ones where there are fewer. */
function inSight({lines, focus = 0}: Pane, rows: number): string[] {
  const last = Math.max(0, lines.length - rows)
  const first = Math.max(0, Math.min(last, focus - Math.floor(rows / 2)))
  const shown = lines.slice(first, first + rows)
  return [...shown, ...Array.from({length: rows - shown.length}, () => '')]
}
