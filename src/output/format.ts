import {csvWriter} from './csv.ts'
import {fieldNames, knownFields} from './fields.ts'
import {jsonWriter, ndjsonWriter, prettyJson} from './json.ts'
import {type ListWriter, plainWriter, writeList} from './list-writer.ts'
import {machineText} from './plain-text.ts'
import {sanitize} from './sanitize.ts'
import type {Style} from './style.ts'
import type {DrawnTable, Layout} from './table.ts'
import {isHeading, nameAlone} from './told-apart.ts'
import {tsvRecord, tsvWriter} from './tsv.ts'
import type {View} from './view.ts'
import {yaml, yamlWriter} from './yaml.ts'

export type {Style} from './style.ts'

/** The formats of `--output`. */
export const formats = ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv', 'yaml', 'name'] as const

/** One of the formats of `--output`. */
export type Format = (typeof formats)[number]

/** The formats for programs; the others are drawings for a person. */
export type MachineFormat = Exclude<Format, 'table' | 'wide'>

/** Rows as they arrive. */
export type Batches<Row> = AsyncIterable<readonly Row[]>

type Names<Row> = readonly (keyof Row & string)[]

/** The text of a list, in pieces: machine formats a piece a batch as it arrives, tables in one piece at the end. */
export async function* renderList<Row extends object>(
  batches: Batches<Row>,
  view: View<Row>,
  format: Format,
  style: Style,
): AsyncGenerator<string> {
  if (format === 'table' || format === 'wide') yield* drawList(batches, view, format, style)
  else yield* writeList(batches, listWriter(view, format, style))
}

/** The text of a single object: the bare object in JSON and YAML, a line for each field in TSV, otherwise as a list of one. */
export function renderRecord<Row extends object>(
  record: Row,
  view: View<Row>,
  format: MachineFormat,
  style: Pick<Style, 'header' | 'fields'>,
): string {
  const bare = () => pick(record, machineFields(view, style))
  if (format === 'json') return prettyJson(bare())
  if (format === 'yaml') return yaml(bare())
  if (format === 'tsv') return tsvRecord(record, view, machineFields(view, style))
  const writer = listWriter(view, format, style)
  return writer.start + writer.rows([record]) + writer.end
}

/** The text of a list whose rows are still to come when the first are shown: tables too come a piece a batch. */
export async function* renderFlow<Row extends object>(
  batches: Batches<Row>,
  view: View<Row>,
  format: Format,
  style: Style,
): AsyncGenerator<string> {
  if (format !== 'table' && format !== 'wide') return yield* writeList(batches, listWriter(view, format, style))
  let earlier: Layout | undefined
  let left: readonly string[] = []
  for await (const rows of batches) {
    const {text, layout, hidden} = await draw(rows, view, format, style, earlier)
    if (!earlier) left = hidden
    earlier = layout
    yield text
  }
  if (left.length > 0) style.onHidden?.(left)
}

async function* drawList<Row extends object>(
  batches: Batches<Row>,
  view: View<Row>,
  format: 'table' | 'wide',
  style: Style,
): AsyncGenerator<string> {
  const rows: Row[] = []
  for await (const batch of batches) for (const row of batch) rows.push(row)
  const {text, hidden} = await draw(rows, view, format, style)
  if (hidden.length > 0) style.onHidden?.(hidden)
  yield* inPieces(text)
}

const pieceLength = 16_384

/** Whole lines, a few at a time: a terminal takes a text in one go, and nothing is heard meanwhile, not even Ctrl-C. */
function* inPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start + pieceLength) + 1 || text.length
    yield text.slice(start, end)
    start = end
  }
}

async function draw<Row extends object>(
  rows: readonly Row[],
  view: View<Row>,
  format: 'table' | 'wide',
  style: Style,
  earlier?: Layout,
): Promise<DrawnTable> {
  // Imported here, because programs that read JSON should not wait for what draws tables.
  const {renderTable, wideColumns} = await import('./table.ts')
  const columns = style.fields ? knownFields(view, style.fields) : format === 'wide' ? wideColumns(view) : view.table
  return renderTable(rows, view, columns, format === 'wide' ? {...style, width: Infinity} : style, earlier)
}

function listWriter<Row extends object>(
  view: View<Row>,
  format: MachineFormat,
  style: Pick<Style, 'header' | 'fields'>,
): ListWriter<Row> {
  const names = machineFields(view, style)
  switch (format) {
    case 'json':
      return ofObjects(jsonWriter(), names)
    case 'ndjson':
      return ofObjects(ndjsonWriter(), names)
    case 'yaml':
      return ofObjects(yamlWriter(), names)
    case 'csv':
      return csvWriter(view, names, style.header)
    case 'tsv':
      return tsvWriter(view, names, style.header)
    case 'name':
      return nameWriter(view)
  }
}

/** A name a line; of what lists may name, told apart from a comment and a header. */
function nameWriter<Row extends object>({name}: View<Row>): ListWriter<Row> {
  let isBegun = !isHeading(name)
  const line = (row: Row) => {
    const said = nameAlone(machineText(row[name], 'text'), !isBegun)
    isBegun = true
    return `${sanitize(said)}\n`
  }
  return plainWriter((rows) => rows.map(line).join(''))
}

function machineFields<Row extends object>(view: View<Row>, {fields}: Pick<Style, 'fields'>): Names<Row> {
  return fields ? knownFields(view, fields) : fieldNames(view)
}

function ofObjects<Row extends object>(writer: ListWriter<object>, names: Names<Row>): ListWriter<Row> {
  return {...writer, rows: (rows) => writer.rows(rows.map((row) => pick(row, names)))}
}

/** Exactly the named fields, in that order; what is missing is null, never left out. */
function pick<Row extends object>(row: Row, names: Names<Row>): object {
  const picked: Record<string, unknown> = {}
  for (const name of names) picked[name] = row[name] ?? null
  return picked
}
