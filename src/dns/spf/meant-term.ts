import {parseIp} from '../ip-bytes.ts'
import type {Term, UnknownModifier} from './record.ts'

/**
 * The term somebody probably meant by one that breaks the grammar, or null. Only slips that can mean one thing are
 * mended: what is offered here is put into the record that `pm` proposes.
 */
export function meantTerm(term: string): string | null {
  const words = term.split(otherSpace).filter((word) => word !== '')
  if (words.join('') !== term) return words.map((word) => meantTerm(word) ?? word).join(' ')
  const text = term.replace(/[;,."']{1,3}$/, '')
  const sign = /^[+\-~?]?/.exec(text)?.[0] ?? ''
  const body = text.slice(sign.length)
  return network(sign, body) ?? gluedAll(body, sign) ?? modifier(body) ?? bare(text, term)
}

/** A tab, the end of a line, or a no-break space in UTF-8: only spaces may stand between terms (RFC 7208 §4.6.1). */
const otherSpace = /[\t-\r]|\xc2\xa0/

const mechanisms: ReadonlySet<string> = new Set([
  'all',
  'include',
  'exists',
  'ptr',
  'a',
  'mx',
  'ip4',
  'ip6',
  'ipv4',
  'ipv6',
])

/** What was probably meant by a term that follows the grammar and still does nothing, or null. */
export function meantBy(term: Term): string | null {
  if (term.name === 'unknown') return meantByModifier(term)
  const glued = /^(.+\.[a-z]+)(-all)$/i.exec(term.text)
  return glued && term.name !== 'exp' ? `${glued[1]} ${glued[2]}` : null
}

/** `include=_spf.example.net`: a modifier nobody knows. */
function meantByModifier({text, modifier}: UnknownModifier): string | null {
  if (!mechanisms.has(modifier)) return null
  const written = `${modifier}:${text.slice(modifier.length + 1)}`
  return meantTerm(written) ?? written
}

/** `ipv4:192.0.2.1`, `a:192.0.2.1`, `ip4:2001:db8::1`, or the address alone. */
function network(sign: string, body: string): string | null {
  const address = body.replace(/^(?:ip|ipv4|ipv6|ip4|ip6|a|mx)[:=]/i, '')
  const [ip = '', prefix] = address.split('/')
  const bytes = parseIp(ip)
  if (bytes === null || !isPrefix(prefix, bytes.length * 8)) return null
  return `${sign}${bytes.length === 4 ? 'ip4' : 'ip6'}:${address}`
}

function isPrefix(digits: string | undefined, most: number): boolean {
  return digits === undefined || (/^(0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= most)
}

/** `include:_spf.example.net~all`: the space between two terms is missing. */
function gluedAll(body: string, sign: string): string | null {
  const found = /^(.+[a-z0-9])([~?+]all)$/i.exec(body)
  return found ? `${sign}${found[1]} ${found[2]}` : null
}

/** `redirect:_spf.example.net`: a modifier takes `=`. */
function modifier(body: string): string | null {
  const found = /^(redirect|exp):(.+)$/i.exec(body)
  return found ? `${found[1]}=${found[2]}` : null
}

/** `-all;`, `mx,`, `-all"`: punctuation of a sentence, or of a zone file. */
function bare(text: string, term: string): string | null {
  return text !== term && /^[+\-~?]?(all|a|mx)$/i.test(text) ? text : null
}
