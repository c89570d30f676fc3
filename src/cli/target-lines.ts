import {parse} from 'csv-parse/sync'
import {UsageError} from '../rules/errors.ts'

/** A thing that was named, and where: the how many-th line of a file or of stdin, or an argument. */
export interface Entry {
  text: string
  source: string
  line?: number
}

/** Where a name stands, in words: `targets.csv line 3`. */
export function whereOf({source, line}: Pick<Entry, 'source' | 'line'>): string {
  return line === undefined ? source : `${source} line ${line}`
}

/**
 * The names in a text of one name a line, or in CSV, TSV or NDJSON, such as another list of pm. Of several columns the
 * one with the first of these headers counts; without headers, the first column. Blank lines and lines that begin with #
 * are comments.
 * @throws UsageError for a text that is none of these
 */
export function* targetLines(text: string, source: string, headers: readonly string[]): Generator<Entry> {
  const body = text.replace(/^\uFEFF/, '')
  const first = linesOf(body, source).next().value?.text ?? ''
  if (first.startsWith('{')) return yield* ofObjects(linesOf(body, source), headers)
  const delimiter = first.includes('\t') ? '\t' : ','
  const rows = body.includes('"') ? quotedRows(body, source, delimiter) : plainRows(linesOf(body, source), delimiter)
  yield* ofColumn(rows, headers)
}

interface Row extends Pick<Entry, 'source' | 'line'> {
  cells: readonly string[]
}

function* linesOf(text: string, source: string): Generator<Entry, undefined> {
  let line = 0
  for (let start = 0; start < text.length; line += 1) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    const one = text.slice(start, end).trim()
    if (one !== '' && !one.startsWith('#')) yield {text: one, source, line: line + 1}
    start = end + 1
  }
}

function* ofObjects(lines: Iterable<Entry>, headers: readonly string[]): Generator<Entry> {
  for (const line of lines) yield ofObject(line, headers)
}

function ofObject(entry: Entry, headers: readonly string[]): Entry {
  const value = fieldOf(parseObject(entry), headers)
  if (typeof value === 'string' || typeof value === 'number') return {...entry, text: String(value)}
  throw new UsageError(`${whereOf(entry)} has none of the fields ${headers.join(', ')}.`)
}

function parseObject(entry: Entry): object {
  try {
    const value: unknown = JSON.parse(entry.text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw new UsageError(`${whereOf(entry)} is no JSON object.`, {hint: 'Give one object a line (-o ndjson).'})
}

function fieldOf(value: object, headers: readonly string[]): unknown {
  const fields = new Map<string, unknown>(Object.entries(value))
  return fields.get(headers.find((header) => fields.has(header)) ?? '')
}

function* ofColumn(rows: Iterable<Row>, headers: readonly string[]): Generator<Entry> {
  let column: number | undefined
  for (const {cells, ...place} of rows) {
    const header = column === undefined ? headerIn(cells, headers) : undefined
    column ??= header ?? 0
    if (header === undefined) yield {...place, text: (cells[column] ?? '').trim()}
  }
}

/** Which cell of a header line counts; undefined where it is none. */
function headerIn(cells: readonly string[], headers: readonly string[]): number | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const header = headers.find((name) => names.includes(name))
  return header === undefined ? undefined : names.indexOf(header)
}

function* plainRows(lines: Iterable<Entry>, delimiter: string): Generator<Row> {
  for (const {text, ...place} of lines) yield {...place, cells: text.split(delimiter)}
}

// A quoted field can hold delimiters and line feeds.
function quotedRows(text: string, source: string, delimiter: string): Row[] {
  const options = {delimiter, relax_column_count: true, skip_empty_lines: true, comment: '#', comment_no_infix: true}
  const rows: Row[] = []
  try {
    parse(text, {
      ...options,
      on_record: (cells: string[], {lines: line}) => void rows.push({cells, source, line}),
    })
    return rows
  } catch (cause) {
    throw new UsageError(`${source} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {cause})
  }
}
