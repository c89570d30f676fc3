import {UsageError} from '../../rules/errors.ts'
import {assertNotTooLong, type Line, linesOf, saysNothing} from './lines.ts'
import {placeText} from './place.ts'

/** A row of a table, and the line that it begins in. */
export interface Row {
  cells: readonly string[]
  line: number
}

/**
 * The rows of a text in CSV (RFC 4180), without what pm's own puts in front of what a spreadsheet would take for a formula.
 * Blank lines and comments are left out.
 * @throws UsageError with the line of a quote that is not closed, or stands within a field
 */
export function* csvRows(text: string, source: string): Generator<Row> {
  const lines = linesOf(text, source)
  for (const first of lines) {
    if (saysNothing(first.text)) continue
    const cells = first.text.includes('"') ? quotedCells(first, lines, source) : first.text.split(',')
    yield {cells: first.text.includes("'") ? cells.map(unguarded) : cells, line: first.line}
  }
}

function unguarded(cell: string): string {
  return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell
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

const field = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y

// A quoted field can hold commas and line feeds.
function quotedCells({text: first, line}: Line, lines: Iterator<Line, undefined>, source: string): string[] {
  const row = wholeRow(first, lines, {source, line})
  const cells: string[] = []
  for (field.lastIndex = 0; ; ) {
    const [, quoted, plain = '', end] = field.exec(row) ?? []
    if (end === undefined) throw strayQuote({source, line})
    cells.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '') return cells
  }
}

// As long as its quotes are odd in number, a row goes on in the next line.
function wholeRow(first: string, lines: Iterator<Line, undefined>, place: {source: string; line: number}): string {
  const parts = [first]
  let length = first.length
  for (let open = isOdd(first); open; ) {
    const next = lines.next().value
    if (next === undefined) throw unclosed(place)
    length += next.text.length + 1
    assertNotTooLong(length, place)
    parts.push(next.text)
    if (isOdd(next.text)) open = false
  }
  return parts.join('\n')
}

function isOdd(text: string): boolean {
  return (text.split('"').length - 1) % 2 === 1
}

function unclosed(place: {source: string; line: number}): UsageError {
  return new UsageError(`${placeText(place)} opens a quote that is never closed.`, {
    hint: 'In CSV, a quote that belongs to a name is written twice, and the name in quotes: "The ""Big"" One".',
  })
}

function strayQuote(place: {source: string; line: number}): UsageError {
  return new UsageError(`${placeText(place)} has a quote within a field.`, {
    hint: 'In CSV, such a field stands in quotes, and its own are written twice: "The ""Big"" One".',
  })
}
