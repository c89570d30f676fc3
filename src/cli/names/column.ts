import {UsageError} from '../../rules/errors.ts'
import type {Row} from './csv-rows.ts'
import {placeText} from './place.ts'

/** A name, and the line that it stands in. */
export interface ListedName {
  name: string
  line: number
  /** Set for what may be a header rather than a name: the first of several fields of the first line. */
  mayBeHeader?: true
}

/**
 * The names in a table, of the column that counts. The first row is a header when one of its fields is a known column;
 * the first of the known columns that it has counts. Without a header the first column counts.
 * @throws UsageError for a row with more or fewer fields than the first, and for a header that has a column twice
 */
export function* namesOfColumn(rows: Iterable<Row>, source: string, known: readonly string[]): Generator<ListedName> {
  let first: Row | undefined
  let column = 0
  for (const row of rows) {
    if (first) assertSameSize(row, first, source)
    const header = first ? undefined : columnOf(row, source, known)
    column = header ?? column
    if (header === undefined) yield first || row.cells.length === 1 ? nameIn(row, column) : firstOf(row)
    first ??= row
  }
}

function firstOf(row: Row): ListedName {
  return {...nameIn(row, 0), mayBeHeader: true}
}

function nameIn({cells, line}: Row, column: number): ListedName {
  return {name: (cells[column] ?? '').trim(), line}
}

/** What a field calls its column where it stands in a header. */
export function columnName(cell: string): string {
  return cell.trim().toLowerCase().replaceAll(/[ -]/g, '_')
}

/** Which field of a row counts, where it is a header. */
function columnOf({cells, line}: Row, source: string, known: readonly string[]): number | undefined {
  const columns = cells.map(columnName)
  const counts = known.find((name) => columns.includes(name))
  if (counts === undefined) return undefined
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at)
  if (twice === undefined) return columns.indexOf(counts)
  throw new UsageError(`${placeText({source, line})} has the column ${twice} twice.`, {
    hint: 'Take one of them out: it is not clear which one counts.',
  })
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
  return new UsageError(`${placeText({source, line})} is no header that pm knows, and “${name}” names nothing.`, {
    hint: `Head the column of names with one of: ${known.join(', ')}. Without a header the first column counts.`,
  })
}
