import {parse} from 'csv-parse/sync'
import {UsageError} from '../rules/errors.ts'

/** A thing that was named, and where: `targets.csv line 3`. */
export interface Entry {
  text: string
  where: string
}

/**
 * The names in a text of one name a line, or in CSV, TSV or NDJSON, such as another list of pm. Of several columns the
 * one with the first of these headers counts; without headers, the first column. Blank lines and lines that begin with #
 * are comments.
 * @throws UsageError for a text that is none of these
 */
export function targetLines(text: string, source: string, headers: readonly string[]): Entry[] {
  const body = text.replace(/^\uFEFF/, '')
  const lines = linesOf(body, source)
  const first = lines[0]?.text ?? ''
  if (first.startsWith('{')) return lines.map((line) => ofObject(line, headers))
  const delimiter = first.includes('\t') ? '\t' : ','
  return ofColumn(body.includes('"') ? quotedRows(body, source, delimiter) : plainRows(lines, delimiter), headers)
}

interface Row {
  cells: readonly string[]
  where: string
}

function linesOf(text: string, source: string): Entry[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({text: line.trim(), where: `${source} line ${index + 1}`}))
    .filter((entry) => entry.text !== '' && !entry.text.startsWith('#'))
}

function ofObject({text, where}: Entry, headers: readonly string[]): Entry {
  const value = fieldOf(parseObject(text, where), headers)
  if (typeof value === 'string' || typeof value === 'number') return {text: String(value), where}
  throw new UsageError(`${where} has none of the fields ${headers.join(', ')}.`)
}

function parseObject(text: string, where: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw new UsageError(`${where} is no JSON object.`, {hint: 'Give one object a line (-o ndjson).'})
}

function fieldOf(value: object, headers: readonly string[]): unknown {
  const fields = new Map<string, unknown>(Object.entries(value))
  return fields.get(headers.find((header) => fields.has(header)) ?? '')
}

function ofColumn(rows: readonly Row[], headers: readonly string[]): Entry[] {
  const names = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const header = headers.find((name) => names.includes(name))
  const column = header === undefined ? 0 : names.indexOf(header)
  const below = header === undefined ? rows : rows.slice(1)
  return below.map(({cells, where}) => ({text: (cells[column] ?? '').trim(), where}))
}

function plainRows(lines: readonly Entry[], delimiter: string): Row[] {
  return lines.map(({text, where}) => ({cells: text.split(delimiter), where}))
}

// A quoted field can hold delimiters and line feeds.
function quotedRows(text: string, source: string, delimiter: string): Row[] {
  const options = {delimiter, relax_column_count: true, skip_empty_lines: true, comment: '#', comment_no_infix: true}
  const rows: Row[] = []
  try {
    parse(text, {
      ...options,
      on_record: (cells: string[], {lines}) => void rows.push({cells, where: `${source} line ${lines}`}),
    })
    return rows
  } catch (cause) {
    throw new UsageError(`${source} cannot be read: ${cause instanceof Error ? cause.message : cause}`, {cause})
  }
}
