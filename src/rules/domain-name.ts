import {domainToASCII, domainToUnicode} from 'node:url'
import {UsageError} from './errors.ts'

/**
 * The name of a domain to send mail from, as it is stored: lower-case, A-labels, no dot at the end. Of letters, digits
 * and hyphens alone (RFC 1123 §2.1), in labels of 63 and 253 in all (RFC 1035 §2.3.4), and below a top-level domain.
 * @throws UsageError
 */
export function parseDomainName(text: string): string {
  const name = inAscii(text)
  const labels = name.split('.')
  const isName = labels.length > 1 && labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  if (isName && name.length <= 253 && !/^\d+$/.test(labels.at(-1) ?? '')) return name
  throw new UsageError(`“${text.slice(0, 255)}” cannot be a sending domain.`, {
    hint: 'It is a name such as news.acme.example: labels of letters, digits and hyphens, with dots between them.',
  })
}

/** A typed name of a domain as it would be stored; what is none stays as it is. */
export function spelledDomain(text: string): string {
  return inAscii(text) || text
}

/**
 * A name in A-labels (RFC 5891 §4); empty for what is none. Only of letters and digits of any script, hyphens and dots: the
 * host parser below, which is made for URLs, drops or decodes much else without a word.
 */
function inAscii(text: string): string {
  const name = text.trim().replace(/\.$/, '')
  return /^[\p{L}\p{M}\p{Nd}.\u3002-]+$/u.test(name) ? domainToASCII(name) : ''
}

/** The ways to type a stored domain, the one it is stored in first: in Unicode too, and with a dot at the end. */
export function spellingsOf(domain: string): string[] {
  const names = [domain, domainToUnicode(domain)]
  return [...names, ...names.map((name) => `${name}.`)]
}
