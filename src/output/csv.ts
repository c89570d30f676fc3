import {type ListWriter, plainWriter} from './list-writer.ts'
import {machineText} from './plain-text.ts'
import {sanitizeText} from './sanitize.ts'
import type {Kind, View} from './view.ts'

const guardedKinds: ReadonlySet<Kind> = new Set(['text', 'list', 'json'])

/**
 * RFC 4180 but for its line ends: `\n`, since CR would stick to the last field in cut, awk and grep, and every
 * spreadsheet and parser reads both. Text is sanitized and kept from being a formula, so JSON is the exact format.
 */
export function csvWriter<Row extends object>(
  view: View<Row>,
  names: readonly (keyof Row & string)[],
  header: boolean,
): ListWriter<Row> {
  const line = (row: Row) => joined(names.map((name) => csvField(row[name], view.fields[name].kind)))
  return plainWriter((rows) => rows.map(line).join(''), {start: header ? joined(names.map(quoted)) : ''})
}

function csvField(value: unknown, kind: Kind): string {
  const text = machineText(value, kind)
  return quoted(sanitizeText(guardedKinds.has(kind) ? guarded(text) : text))
}

function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function joined(fields: readonly string[]): string {
  // A line of one empty field would be a blank line, which readers skip.
  const line = fields.join(',')
  return `${line === '' ? '""' : line}\n`
}
