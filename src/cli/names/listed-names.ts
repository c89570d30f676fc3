import {headingOf} from '../../output/told-apart.ts'
import {UsageError} from '../../rules/errors.ts'
import {type ListedName, mayName, namesOfColumn} from './column.ts'
import {csvTable, tsvTable} from './csv-rows.ts'
import {jsonElements} from './json-elements.ts'
import {type Line, linesOf, saysNothing} from './lines.ts'
import {placeText} from './place.ts'

/**
 * The names in a text of one name a line, or in CSV, TSV, NDJSON or a JSON array, such as another list of pm.
 * Blank lines and lines that begin with # are comments.
 * @param known what the column or the field of names may be called, the best first
 * @throws UsageError for a text that is none of these, or not throughout
 */
export function listedNames(text: string, source: string, known: readonly string[]): Iterable<ListedName> {
  const first = firstLine(text, source)
  if (/^\{\s*(["}]|$)/.test(first.trim())) return namesOfObjects(contentOf(linesOf(text, source)), source, known)
  if (/^\[\s*(["\d[{\]-]|$)/.test(first.trim())) return namesOfObjects(jsonElements(text, source), source, known)
  if (/^(---$|- [\w]+:(\s|$))/.test(first.trim())) throw notRead(source, 'YAML')
  if (first.includes('\t')) return namesOfColumn(tsvTable(text, source), source, known)
  return namesOfColumn(csvTable(text, source, delimiterOf(first, known)), source, known)
}

// Where the comma is in numbers, spreadsheets separate by semicolons. Only a header tells: names may have one.
function delimiterOf(first: string, known: readonly string[]): ',' | ';' {
  const cells = first.split(';').map((cell) => headingOf(cell.replaceAll('"', '')))
  return cells.length > 1 && !first.includes(',') && cells.some((cell) => known.includes(cell)) ? ';' : ','
}

function notRead(source: string, format: string): UsageError {
  return new UsageError(`${source} is in ${format}, which is not read.`, {
    hint: 'Of another list of pm, take -o ndjson, csv, tsv, json or name.',
  })
}

function firstLine(text: string, source: string): string {
  for (const line of linesOf(text, source)) if (!saysNothing(line.text)) return line.text
  return ''
}

function* contentOf(lines: Iterable<Line>): Generator<Line> {
  for (const {text, line} of lines) if (!saysNothing(text)) yield {text: text.trim(), line}
}

function* namesOfObjects(texts: Iterable<Line>, source: string, known: readonly string[]): Generator<ListedName> {
  for (const text of texts) yield {name: nameOf(text, source, known), line: text.line}
}

function nameOf({text, line}: Line, source: string, known: readonly string[]): string {
  const value = parsed(text, {source, line})
  const name = typeof value === 'object' && value !== null ? fieldOf(value, known) : value
  if (typeof name === 'string' || typeof name === 'number') return String(name)
  throw new UsageError(`${placeText({source, line})} has no name in any of the fields ${known.join(', ')}.`)
}

function parsed(text: string, place: {source: string; line: number}): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${placeText(place)} is no JSON.`, {
      hint: 'Give one JSON object a line, as -o ndjson does, or one array of them.',
      cause,
    })
  }
}

function fieldOf(value: object, known: readonly string[]): unknown {
  const fields = new Map<string, unknown>(Object.entries(value))
  const having = known.filter((name) => fields.has(name))
  return fields.get(having.find((name) => mayName(name, fields.get(name))) ?? having[0] ?? '')
}
