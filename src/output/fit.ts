/** What fitting needs to know about a column. */
export interface Fittable {
  /** The width that shows everything. */
  natural: number
  /** The width below which the column is better left out. */
  least: number
  /** Whether the column is what tells rows apart: it shrinks last and is never left out. */
  isKey: boolean
}

/** The columns that are shown, each with its width, and those left out. */
interface Fit<Column> {
  shown: {column: Column; width: number}[]
  hidden: Column[]
}

const gap = 2

/** Fits columns into a width: shortens the widest, then leaves columns out from the right unless all must stay. */
export function fitColumns<Column extends Fittable>(
  columns: readonly Column[],
  width: number,
  keepAll: boolean,
): Fit<Column> {
  const kept = keepAll ? [...columns] : thatFit(columns, width)
  const hidden = columns.filter((column) => !kept.includes(column))
  const [only] = kept
  if (only && kept.length === 1) return {shown: [{column: only, width: Math.min(only.natural, width)}], hidden}
  const shown = kept.map((column) => ({column, width: Math.max(column.least, Math.min(column.natural, width))}))
  const others = shown.filter(({column}) => !column.isKey)
  shrink(others, excess(shown, width))
  shrink(shown, excess(shown, width))
  return {shown, hidden}
}

function thatFit<Column extends Fittable>(columns: readonly Column[], width: number): Column[] {
  const kept = [...columns]
  while (kept.length > 1 && total(kept.map(({least}) => least)) > width) {
    const last = kept.findLastIndex(({isKey}) => !isKey)
    kept.splice(last, 1)
  }
  return kept
}

/** Takes one column of width at a time from whichever is widest, so that short texts stay whole longest. */
function shrink(shown: {column: Fittable; width: number}[], by: number): void {
  for (let left = by; left > 0; left--) {
    const able = shown.filter(({column, width}) => width > column.least)
    const widest = able.toSorted((a, b) => b.width - a.width)[0]
    if (!widest) return
    widest.width -= 1
  }
}

function excess(shown: readonly {width: number}[], width: number): number {
  return total(shown.map((column) => column.width)) - width
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gap, -gap)
}
