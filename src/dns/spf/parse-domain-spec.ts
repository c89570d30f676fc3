import {parseIp} from '../ip-bytes.ts'
import {quote} from '../quote.ts'
import {BadTerm} from './bad-term.ts'
import {parseMacros} from './parse-macros.ts'
import type {DomainSpec} from './record.ts'

/**
 * Reads a domain-spec: a macro-string that ends in a macro or in a dot and a top label (RFC 7208 §7.1).
 * @param offset where `text` begins in its term
 * @throws BadTerm
 */
export function parseDomainSpec(text: string, offset: number): DomainSpec {
  if (text === '') throw new BadTerm(offset, 'A domain name is missing here.')
  const {parts, tail} = parseMacros(text, offset)
  if (tail !== '') checkEnd(text, tail, offset)
  return {text, parts}
}

function checkEnd(text: string, tail: string, offset: number): void {
  const end = tail.endsWith('.') ? tail.length - 1 : tail.length
  const dot = tail.lastIndexOf('.', end - 1)
  if (parseIp(text) !== null) throw new BadTerm(offset, `${quote(text)} is an IP address, and a domain name is wanted.`)
  if (dot === -1 || end === 0) throw new BadTerm(offset, `${quote(text)} is not a full domain name.`)
  const label = tail.slice(dot + 1, end)
  if (isTopLabel(label)) return
  throw new BadTerm(offset + text.length - tail.length + dot + 1, `${quote(label)} cannot end a domain name.`)
}

/** Letters, digits and inner hyphens, and not digits alone: an address is no name. */
function isTopLabel(label: string): boolean {
  return /^[a-z0-9-]+$/i.test(label) && !label.startsWith('-') && !label.endsWith('-') && !/^\d+$/.test(label)
}
