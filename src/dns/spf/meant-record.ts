import {isSpfRecord} from './parse-record.ts'

/**
 * The record that was meant by a text that receivers do not take for one, because something stands before its version,
 * or no space behind it; null for any other text.
 */
export function meantRecord(text: string): string | null {
  if (isSpfRecord(text)) return null
  const [, terms] = /^[\s"']*v=spf1(?:[\s;,]|\xc2\xa0)+(.*)$/is.exec(text) ?? []
  return terms === undefined ? null : `v=spf1 ${terms}`
}
