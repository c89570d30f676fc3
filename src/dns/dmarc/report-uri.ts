import {quote} from '../quote.ts'

/** An address for reports, as rua= and ruf= list them. */
export interface ReportUri {
  text: string
  /** The mail domain the reports go to, in lower case; null where it cannot be read. */
  domain: string | null
  /** The largest report wanted, in bytes (`!10m`); only RFC 7489 has it. */
  maxBytes: number | null
  /** Why receivers cannot use it, in a sentence; null where they can. */
  problem: string | null
}

/** Reads a list of report addresses (RFC 9989 §4.6; the size RFC 7489 §6.2). */
export function parseReportUris(list: string): ReportUri[] {
  return list.split(',').map((text) => parseReportUri(text.trim()))
}

const units = ['', 'k', 'm', 'g', 't']

function parseReportUri(text: string): ReportUri {
  const none = {text, domain: null, maxBytes: null}
  if (text === '') return {...none, problem: 'There is nothing between two commas.'}
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(text) ?? []
  if (scheme === undefined) {
    const meant = text.includes('@') ? ` Write mailto:${quoteless(text)}` : ''
    return {...none, problem: `${quote(text)} does not begin with mailto:.${meant}`}
  }
  if (scheme.toLowerCase() !== 'mailto') {
    return {...none, problem: `Receivers send reports to mailto: only, and ${quote(text)} is ${scheme}:.`}
  }
  const [address = '', ...sizes] = text.slice('mailto:'.length).split('!')
  const maxBytes = sizeOf(sizes)
  const domain = mailDomain(address)
  if (domain === null) return {...none, maxBytes, problem: `${quote(text)} is no mail address.`}
  if (sizes.length > 0 && maxBytes === null) {
    return {...none, domain, problem: `${quote(text)}: after “!” comes a number of bytes, such as 10m.`}
  }
  return {text, domain, maxBytes, problem: null}
}

function sizeOf(sizes: readonly string[]): number | null {
  const [, digits, unit = ''] = /^(\d{1,12})([kmgt]?)$/i.exec(sizes.join('!')) ?? []
  if (digits === undefined) return null
  return Number(digits) * 1024 ** units.indexOf(unit.toLowerCase())
}

/** The part after the @ of a plain address, where it is a name of two labels or more. */
function mailDomain(address: string): string | null {
  const [, domain] = /^[^\s@<>"(),:;[\\\]]{1,256}@([a-z0-9.-]{3,253})$/i.exec(address) ?? []
  if (domain === undefined) return null
  const labels = domain.toLowerCase().split('.')
  return labels.length > 1 && labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))
    ? labels.join('.')
    : null
}

function quoteless(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
