import {parseIp} from '../ip-bytes.ts'
import {quote} from '../quote.ts'
import {BadTerm} from './bad-term.ts'
import {meantTerm} from './meant-term.ts'
import {parseDomainSpec} from './parse-domain-spec.ts'
import {parseMacros} from './parse-macros.ts'
import type {Mechanism, Modifier, Qualifier, Term} from './record.ts'

const qualifiers: readonly Qualifier[] = ['+', '-', '~', '?']

/** What every directive has: how it is written, where, and what it says. */
interface Start {
  text: string
  at: number
  qualifier: Qualifier
}

/**
 * Reads one term (RFC 7208 §4.6.1, §5, §6).
 * @throws BadTerm
 */
export function parseTerm(text: string, at: number): Term {
  checkCharacters(text)
  const modifier = /^([a-z][a-z0-9\-_.]*)=/i.exec(text)
  if (modifier?.[1] !== undefined) return parseModifier(text, at, modifier[1].toLowerCase())
  const written = qualifiers.find((sign) => text.startsWith(sign))
  const body = written === undefined ? text : text.slice(1)
  const name = /^[^:/]*/.exec(body)?.[0] ?? ''
  const argument = {text: body.slice(name.length), offset: text.length - body.length + name.length}
  return parseMechanism(name.toLowerCase(), {text, at, qualifier: written ?? '+'}, argument)
}

/** What follows the name of a mechanism, with its `:` or `/`, and where that begins in the term. */
interface Argument {
  text: string
  offset: number
}

function parseMechanism(name: string, start: Start, argument: Argument): Mechanism {
  switch (name) {
    case 'all':
      return allOf(start, argument)
    case 'include':
    case 'exists':
      return {...start, name, domain: neededDomain(start, argument)}
    case 'ptr':
      return {...start, name, domain: domainOf(start, argument)}
    case 'a':
    case 'mx':
      return {...start, name, ...hostsOf(start, argument)}
    case 'ip4':
    case 'ip6':
      return {...start, name, ...networkOf(start, argument, name === 'ip4' ? 4 : 16)}
    default:
      throw new BadTerm(0, `${quote(start.text)} is no mechanism of SPF.`, meantTerm(start.text))
  }
}

function allOf(start: Start, {text, offset}: Argument): Mechanism {
  if (text !== '') throw new BadTerm(offset, '“all” takes nothing after it.', meantTerm(start.text))
  return {...start, name: 'all'}
}

function parseModifier(text: string, at: number, name: string): Modifier {
  const offset = name.length + 1
  const value = text.slice(offset)
  if (name === 'redirect' || name === 'exp') return {text, at, name, domain: parseDomainSpec(value, offset)}
  parseMacros(value, offset)
  return {text, at, name: 'unknown', modifier: name}
}

function neededDomain(start: Start, argument: Argument) {
  const domain = domainOf(start, argument)
  if (domain === null) throw new BadTerm(argument.offset, 'A colon and a domain name are missing here.')
  return domain
}

function domainOf({text: term}: Start, {text, offset}: Argument) {
  if (text === '') return null
  if (!text.startsWith(':')) throw new BadTerm(offset, `${quote(text)} may not stand here.`)
  try {
    return parseDomainSpec(text.slice(1), offset + 1)
  } catch (error) {
    throw error instanceof BadTerm ? new BadTerm(error.offset, error.message, meantTerm(term)) : error
  }
}

function hostsOf(start: Start, {text, offset}: Argument) {
  const [lengths = '', four, six] = /(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(text) ?? []
  const name = text.slice(0, text.length - lengths.length)
  if (/^\/\d+$/.test(name) && four !== undefined) {
    throw new BadTerm(
      offset + name.length,
      'The length for IPv6 stands after two slashes.',
      `${start.text.slice(0, offset)}${name}//${four}`,
    )
  }
  return {
    domain: domainOf(start, {text: name, offset}),
    prefix4: prefixOf(four, 32, offset + name.length),
    prefix6: prefixOf(six, 128, offset + name.length),
  }
}

function networkOf({text: term}: Start, {text, offset}: Argument, size: 4 | 16) {
  if (!text.startsWith(':')) throw new BadTerm(offset, 'A colon and an address are missing here.', meantTerm(term))
  const slash = text.includes('/') ? text.indexOf('/') : text.length
  const address = text.slice(1, slash)
  const network = parseIp(address)
  const family = size === 4 ? 'IPv4' : 'IPv6'
  if (network?.length !== size)
    throw new BadTerm(offset + 1, `${quote(address)} is no ${family} address.`, meantTerm(term))
  const digits = slash === text.length ? undefined : text.slice(slash + 1)
  return {network, prefix: prefixOf(digits, size * 8, offset + slash)}
}

function prefixOf(digits: string | undefined, most: number, offset: number): number {
  if (digits === undefined) return most
  if (/^(0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= most) return Number(digits)
  throw new BadTerm(offset, `“/${digits}” is no length of a network: it goes from /0 to /${most}.`)
}

function checkCharacters(text: string): void {
  const offset = text.search(/[^\x21-\x7e]/)
  if (offset === -1) return
  const byte = text.charCodeAt(offset).toString(16).padStart(2, '0')
  throw new BadTerm(offset, `The byte 0x${byte} may not stand in SPF: plain ASCII and spaces only.`, meantTerm(text))
}
