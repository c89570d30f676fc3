import {type ListWriter, plainWriter} from './list-writer.ts'
import {machineText} from './plain-text.ts'
import {sanitizeText} from './sanitize.ts'
import {beginsComment, withoutHeader} from './told-apart.ts'
import type {Kind, View} from './view.ts'

const guardedKinds: ReadonlySet<Kind> = new Set(['text', 'list', 'json'])

/**
 * RFC 4180 but for its line ends: `\n`, since CR would stick to the last field in cut, awk and grep, and every
 * spreadsheet and parser reads both. Text is sanitized and kept from being a formula, a comment, and where there is no header
 * from being one, so JSON is the exact format.
 */
export function csvWriter<Row extends object>(
  view: View<Row>,
  names: readonly (keyof Row & string)[],
  header: boolean,
): ListWriter<Row> {
  const fields = names.map((name) => ({name, kind: view.fields[name].kind, values: view.fields[name].values}))
  let isBegun = header
  const line = (row: Row) => {
    const cells = fields.map(({name, kind}) => csvField(row[name], kind))
    const told = isBegun ? cells : withoutHeader(cells, fields, (cell) => `'${cell}`)
    isBegun = true
    return csvLine(told)
  }
  return plainWriter((rows) => rows.map(line).join(''), {start: header ? csvLine(names.map(quoted)) : ''})
}

// Nearly every field stays as it is, and one look at it tells so.
const special = /^ *[=+\-@#]|[^ !#-+\--~]/

function csvField(value: unknown, kind: Kind): string {
  const text = machineText(value, kind)
  if (!special.test(text)) return text
  return quoted(sanitizeText(guardedKinds.has(kind) ? guarded(text) : text))
}

function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\n]/.test(text) || beginsComment(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvLine(fields: readonly string[]): string {
  // A line of one empty field would be a blank line, which readers skip.
  const line = fields.join(',')
  return `${line === '' ? '""' : line}\n`
}
