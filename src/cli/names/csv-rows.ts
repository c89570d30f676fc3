import {CsvError, parse} from 'csv-parse/sync'
import {UsageError} from '../../rules/errors.ts'
import {linesOf, longestLine, saysNothing, tooLong} from './lines.ts'
import {type Place, placeText} from './place.ts'

/** A row of a table, and the line that it begins in. */
export interface Row {
  cells: readonly string[]
  line: number
}

/**
 * The rows of a text in CSV (RFC 4180), without what pm's own puts in front of what a spreadsheet would take for a formula.
 * Blank lines and comments are left out.
 * @param delimiter what separates fields
 * @throws UsageError with the line of a quote that is not closed, or stands within a field
 */
export function* csvRows(text: string, source: string, delimiter = ','): Generator<Row> {
  const rows = text.includes('"') ? quotedRows(text, source, delimiter) : plainRows(text, source, delimiter)
  for (const {cells, line} of rows) yield {cells: cells.map(unguarded), line}
}

function unguarded(cell: string): string {
  return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell
}

// Most lists have no quotes, and are read as they come.
function* plainRows(text: string, source: string, delimiter: string): Generator<Row> {
  for (const {text: row, line} of linesOf(text, source))
    if (!saysNothing(row)) yield {cells: row.split(delimiter), line}
}

function quotedRows(text: string, source: string, delimiter: string): Row[] {
  const rows: Row[] = []
  let end = 0
  let returns = 0
  const take = (cells: string[], {lines}: {lines: number}) => {
    const said = cells.join('')
    // The parser, and nobody else, takes a return by itself for the end of a line.
    returns += said.split('\r').length - 1
    end = lines - returns
    if (said.trim() !== '') rows.push({cells, line: end - (said.split('\n').length - 1)})
    return null
  }
  try {
    // The parser counts a line end of two characters twice within quotes.
    parse(text.replaceAll('\r\n', '\n'), {...dialect, delimiter, on_record: take})
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw complaints[error.code]?.({source, line: nextLine(text, source, end)}) ?? error
  }
}

const dialect = {
  record_delimiter: '\n',
  skip_empty_lines: true,
  comment: '#',
  comment_no_infix: true,
  max_record_size: longestLine,
  // Rows that differ in size are told of with both their lines.
  relax_column_count: true,
}

/** Where the row begins that comes after a line. */
function nextLine(text: string, source: string, end: number): number {
  for (const {text: next, line} of linesOf(text, source)) if (line > end && !saysNothing(next)) return line
  return end + 1
}

const complaints: Readonly<Record<string, (place: Place) => UsageError>> = {
  CSV_QUOTE_NOT_CLOSED: (place) =>
    new UsageError(`${placeText(place)} opens a quote that is never closed.`, {
      hint: 'In CSV, a quote that belongs to a name is written twice, and the name in quotes: "The ""Big"" One".',
    }),
  INVALID_OPENING_QUOTE: strayQuote,
  CSV_INVALID_CLOSING_QUOTE: strayQuote,
  CSV_MAX_RECORD_SIZE: tooLong,
}

function strayQuote(place: Place): UsageError {
  return new UsageError(`${placeText(place)} has a quote within a field.`, {
    hint: 'In CSV, such a field stands in quotes, and its own are written twice: "The ""Big"" One".',
  })
}

/** The rows of a text in TSV, as pm and PostgreSQL's COPY write it. */
export function* tsvRows(text: string, source: string): Generator<Row> {
  for (const {text: row, line} of linesOf(text, source))
    if (!saysNothing(row)) yield {cells: row.split('\t').map(unescaped), line}
}

const escapes: Readonly<Record<string, string>> = {b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', '\\': '\\'}

function unescaped(cell: string): string {
  return cell.includes('\\') ? cell.replace(/\\([btnvfr\\])/g, (_, letter: string) => escapes[letter] ?? letter) : cell
}
