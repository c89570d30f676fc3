import {escapeJson} from './sanitize.ts'
import type {Kind} from './view.ts'

/** A value as bare text, by what it is at run time. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? compactJson(value) : String(value)
}

/** A value as machine formats write it into one CSV or TSV field: null is empty, lists are joined by commas. */
export function machineText(value: unknown, kind: Kind): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string' && kind !== 'json') return value
  if (kind === 'json') return compactJson(value)
  return kind === 'list' ? joinList(value, ',') : plainText(value)
}

/** The elements of a list as bare text with a separator between them. */
export function joinList(value: unknown, separator: string): string {
  return Array.isArray(value) ? value.map(plainText).join(separator) : plainText(value)
}

/** JSON on one line, safe to print. */
export function compactJson(value: unknown): string {
  return escapeJson(JSON.stringify(value) ?? 'null')
}
