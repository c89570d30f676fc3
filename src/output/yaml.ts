import {type ListWriter, plainWriter} from './list-writer.ts'
import {replaceUnsafe} from './sanitize.ts'

// Begins with a letter, so it is no number, date or marker, and holds nothing that YAML reads as more than text.
const plain = /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/
// The last ones are numbers to readers that take digits before an exponent for optional.
const notText = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-.\d_]+)$/i

/** A list of rows as block-style YAML, one `- ` item a row. */
export function yamlWriter<Row>(): ListWriter<Row> {
  return plainWriter((rows) => text(blockList(rows)), {empty: '[]\n'})
}

/** One value as block-style YAML. Strings are quoted unless no reader of any YAML version can take them otherwise. */
export function yaml(value: unknown): string {
  return text(block(value))
}

function block(value: unknown): string[] {
  if (!isNested(value)) return [scalar(value)]
  return Array.isArray(value) ? blockList(value) : Object.entries(value).flatMap(([key, item]) => pair(key, item))
}

function blockList(items: readonly unknown[]): string[] {
  return items.flatMap((item) => block(item).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)))
}

function pair(key: string, value: unknown): string[] {
  const lines = block(value)
  return isNested(value) ? [`${scalar(key)}:`, ...lines.map((line) => `  ${line}`)] : [`${scalar(key)}: ${lines[0]}`]
}

function isNested(value: unknown): value is object {
  // Empty ones have no block form and are written as {} or []; a Date is a scalar to JSON and so it is here.
  return typeof value === 'object' && value !== null && !(value instanceof Date) && Object.keys(value).length > 0
}

function scalar(value: unknown): string {
  // Readers of YAML 1.1 take 1e+21 for text, but not 1.0e+21.
  if (typeof value !== 'string') return (JSON.stringify(value) ?? 'null').replace(/^(-?\d+)e/, '$1.0e')
  if (plain.test(value) && !notText.test(value)) return value
  // JSON's escapes are YAML's, except that YAML has no surrogate halves.
  const json = replaceUnsafe(JSON.stringify(value.toWellFormed()), escaped)
  // Two code points that YAML, unlike JSON, does not take as they are.
  return json.replace(/[\ufffe\uffff]/g, (character) => escaped(character.charCodeAt(0)))
}

function escaped(codePoint: number): string {
  const hex = codePoint.toString(16)
  return codePoint > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
