import {CsvError, parse} from 'csv-parse/sync'
import {beginsComment, character, isHeading} from '../../output/told-apart.ts'
import {UsageError} from '../../rules/errors.ts'
import type {Row, Table} from './column.ts'
import {linesOf, longestLine, saysNothing, tooLong} from './lines.ts'
import {type Place, placeText} from './place.ts'

/**
 * A text in CSV (RFC 4180), without what pm's own puts in front of what a spreadsheet would take for a formula, and of what
 * would be a header. Blank lines and comments are left out.
 * @param delimiter what separates fields
 * @throws UsageError, as the rows are read, with the line of a quote that is not closed, or stands within a field
 */
export function csvTable(text: string, source: string, delimiter = ','): Table {
  const rows = text.includes('"') ? quotedRows(text, source, delimiter) : plainRows(text, source, delimiter)
  return {rows, read: unguarded}
}

function unguarded(cell: string): string {
  return cell[0] === "'" && (/^'[=+\-@]/.test(cell) || isHeading(cell.slice(1))) ? cell.slice(1) : cell
}

// Most lists have no quotes, and are read as they come.
function* plainRows(text: string, source: string, delimiter: string): Generator<Row> {
  const comments: Row[] = []
  let size: number | undefined
  for (const {text: said, line} of linesOf(text, source)) {
    if (said.trim() === '') continue
    const row = {cells: said.split(delimiter), line}
    if (beginsComment(said)) comments.push(row)
    else size ??= row.cells.length
    if (size !== undefined) for (const comment of comments.splice(0)) assertNoRow(comment, size, {source, delimiter})
    if (!beginsComment(said)) yield row
  }
}

/** @throws UsageError for a comment that could be a row as well: one more comma may stand in any */
function assertNoRow({cells, line}: Row, size: number, {source, delimiter}: {source: string; delimiter: string}): void {
  if (cells.length !== size || size < (delimiter === '\t' ? 2 : 3)) return
  const hint = delimiter === '\t' ? 'begins with \\#' : 'has its first field in quotes'
  throw new UsageError(`${placeText({source, line})} begins with #, and has as many fields as a row.`, {
    hint: `If it is a comment, take it out; a row ${hint}.`,
  })
}

function* quotedRows(text: string, source: string, delimiter: string): Generator<Row> {
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
    yield* rows
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

/** A text in TSV, as pm and PostgreSQL's COPY write it. */
export function tsvTable(text: string, source: string): Table {
  return {rows: plainRows(text, source, '\t'), read: unescaped}
}

const escapes: Readonly<Record<string, string>> = {b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r'}

function unescaped(cell: string): string {
  if (!cell.includes('\\')) return cell
  return cell.replace(/\\(?:x([\da-f]{2})|([btnvfr\\#\s]))/g, (_, hex: string | undefined, letter = '') =>
    hex === undefined ? (escapes[letter] ?? letter) : character(hex),
  )
}
