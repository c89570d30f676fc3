import {quote} from '../quote.ts'
import {parseTagList, type SyntaxProblem, type Tag, type TagList} from '../tag-list.ts'

/**
 * Reads the fields of an MTA-STS or a TLS-RPT record (RFC 8461 §3.1, RFC 8460 §3). They are no tag-list: no blanks may
 * stand around the “=”, and the name of an extension may have digits first, hyphens and dots.
 */
export function parseFields(text: string): TagList {
  return parseTagList(text, readField)
}

function readField(piece: string, at: number): Tag | SyntaxProblem {
  const [, name, value] = /^([a-z0-9][a-z0-9_.-]{0,31})=([!-~][\t -~]*)$/i.exec(piece) ?? []
  if (name !== undefined && value !== undefined) return {name, value, at, valueAt: at + name.length + 1}
  const reason = `${quote(piece)} is not a field: that is a name, “=” and a value, without blanks around the “=”.`
  return {kind: 'bad field', at, reason}
}
