import {headingOf, isHeader, isId, saidAlone} from '../../output/told-apart.ts'
import {UsageError} from '../../rules/errors.ts'
import {placeText} from './place.ts'

/** A row of a table, its fields as they are written, and the line that it begins in. */
export interface Row {
  cells: readonly string[]
  line: number
}

/** The rows of a text, and what a field of them says. */
export interface Table {
  rows: Iterable<Row>
  read: (cell: string) => string
}

/** A name, and the line that it stands in. */
export interface ListedName {
  name: string
  line: number
  /** Set for what may be a header rather than a name: the first of several fields of the first line. */
  mayBeHeader?: true
}

/**
 * The names in a table, of the column that counts: in a table with a header the first of the known columns that it has,
 * ids only where they are ids. Without a header the first column counts, or the last that holds ids, as in pm's own
 * lists.
 * @throws UsageError for a row with more or fewer fields than the first, and for a header that has a column twice
 */
export function* namesOfColumn(
  {rows, read}: Table,
  source: string,
  known: readonly string[],
): Generator<ListedName, undefined> {
  let first: Row | undefined
  let columns: readonly number[] | undefined
  let column: number | undefined
  for (const row of rows) {
    if (first) assertSameSize(row, first, source)
    else columns = columnsOf(row, source, known)
    first ??= row
    if (columns && row === first) continue
    column ??= columns ? counting(columns, row, first) : lastOfIds(row, known)
    const {cells, line} = row
    const cell = cells[column] ?? ''
    const isAlone = !columns && cells.length === 1
    const name = read(isAlone ? saidAlone(cell) : cell).trim()
    yield row === first && !isAlone ? {name, line, mayBeHeader: true} : {name, line}
  }
}

/** Which fields may count of a table whose header is a row, the best first. */
function columnsOf({cells, line}: Row, source: string, known: readonly string[]): readonly number[] | undefined {
  if (!isHeader(cells, known)) return undefined
  const columns = cells.map(headingOf)
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at)
  if (twice === undefined) return known.map((name) => columns.indexOf(name)).filter((at) => at >= 0)
  throw new UsageError(`${placeText({source, line})} has the column ${twice} twice.`, {
    hint: 'Take one of them out: it is not clear which one counts.',
  })
}

/** Which of them does: somebody else's ids, such as the numbers of rows, are none. */
function counting(columns: readonly number[], {cells}: Row, header: Row): number {
  const isMeant = (at: number) => mayName(headingOf(header.cells[at] ?? ''), cells[at])
  return columns.find(isMeant) ?? columns[0] ?? 0
}

// As pm's own lists have their ids, where they are by what a thing is known.
function lastOfIds({cells}: Row, known: readonly string[]): number {
  return known.includes('id') && !isId(cells[0] ?? '') ? Math.max(0, cells.findLastIndex(isId)) : 0
}

/** Whether a column or a field, by what it holds, may be the one that counts where others may, too. */
export function mayName(column: string, value: unknown): boolean {
  return !/(^|_)id$/.test(column) || (typeof value === 'string' && isOfIds(value.trim()))
}

// Of ours, or of Stripe.
function isOfIds(value: string): boolean {
  return isId(value) || /^(sub|cus)_\w+$/.test(value)
}

function assertSameSize({cells, line}: Row, first: Row, source: string): void {
  if (cells.length === first.cells.length) return
  const has = `${cells.length} ${cells.length === 1 ? 'field' : 'fields'}`
  throw new UsageError(`${placeText({source, line})} has ${has}, and line ${first.line} has ${first.cells.length}.`, {
    hint: 'All have the same number. A name with a comma stands in quotes: "Harbor, Pine".',
  })
}

/** What is said of a first line that is neither a known header nor the name of anything. */
export function unknownHeader({name, line}: ListedName, source: string, known: readonly string[]): UsageError {
  const ids = known.includes('id') ? ', or the last that holds ids' : ''
  return new UsageError(`${placeText({source, line})} is no header that pm knows, and “${name}” names nothing.`, {
    hint: `Head the column of names with one of: ${known.join(', ')}. Without a header the first column counts${ids}.`,
  })
}
