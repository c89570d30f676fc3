import {type ListWriter, plainWriter} from './list-writer.ts'
import {machineText} from './plain-text.ts'
import {sanitize} from './sanitize.ts'
import {beginsComment, hexMarked, withoutHeader} from './told-apart.ts'
import type {View} from './view.ts'

// As PostgreSQL's COPY writes them, so that a line is always one row and a tab always ends a field.
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
}

/**
 * Lines of tab-separated fields, escaped as in PostgreSQL's COPY text; null and the empty string are both empty. What a
 * reader of lists would take for a comment or a header is escaped, too.
 */
export function tsvWriter<Row extends object>(
  view: View<Row>,
  names: readonly (keyof Row & string)[],
  header: boolean,
): ListWriter<Row> {
  const fields = names.map((name) => ({name, kind: view.fields[name].kind, values: view.fields[name].values}))
  let isBegun = header
  const line = (row: Row) => {
    const cells = fields.map(({name, kind}) => escaped(machineText(row[name], kind)))
    const told = isBegun ? cells : withoutHeader(cells, fields, hexMarked)
    isBegun = true
    return beginsComment(told[0] ?? '') ? `\\${tsvLine(told)}` : tsvLine(told)
  }
  return plainWriter((rows) => rows.map(line).join(''), {start: header ? tsvLine(names) : ''})
}

/** One record as a line for each field, its name and its value: what `awk` and `grep` want of a single thing. */
export function tsvRecord<Row extends object>(
  record: Row,
  view: View<Row>,
  names: readonly (keyof Row & string)[],
): string {
  return names.map((name) => tsvLine([name, escaped(machineText(record[name], view.fields[name].kind))])).join('')
}

// Nearly every field stays as it is, and one look at it tells so.
const special = /[^ -[\]-~]/

function escaped(text: string): string {
  if (!special.test(text)) return text
  // Backslashes first, so that the sanitizer's \u{1b} cannot be mistaken for the same letters in the data.
  return sanitize(text.replace(/[\\\u0008-\u000d]/g, (character) => escapes[character] ?? character))
}

function tsvLine(fields: readonly string[]): string {
  return `${fields.join('\t')}\n`
}
