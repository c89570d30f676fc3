import {plainName} from '../domain-name.ts'
import {formatIp, maskIp} from '../ip-bytes.ts'
import {type DomainSpec, isMechanism, type Mechanism, type Term} from './record.ts'

/**
 * One spelling for all terms that mean the same in the record of `domain`: lower case, no `+`, no last dot, no full
 * length, the network instead of an address in it, and the domain where it is left out.
 */
export function canonicalTerm(term: Term, domain: string): string {
  if (isMechanism(term)) return `${term.qualifier === '+' ? '' : term.qualifier}${canonicalMechanism(term, domain)}`
  return term.name === 'unknown' ? term.text : `${term.name}=${canonicalDomain(term.domain, domain)}`
}

/** The same, whatever the qualifier. */
export function canonicalMechanism(term: Mechanism, domain: string): string {
  switch (term.name) {
    case 'all':
      return 'all'
    case 'ip4':
    case 'ip6':
      return `${term.name}:${formatIp(maskIp(term.network, term.prefix))}${length(term.prefix, term.network.length * 8)}`
    case 'a':
    case 'mx': {
      const lengths = `${length(term.prefix4, 32)}${length(term.prefix6, 128, '//')}`
      return `${term.name}:${canonicalDomain(term.domain, domain)}${lengths}`
    }
    case 'include':
    case 'exists':
    case 'ptr':
      return `${term.name}:${canonicalDomain(term.domain, domain)}`
  }
}

/** A macro in upper case is another macro. */
function canonicalDomain(spec: DomainSpec | null, domain: string): string {
  if (spec === null) return plainName(domain)
  return spec.text.includes('%') ? spec.text : plainName(spec.text)
}

function length(prefix: number, full: number, sign = '/'): string {
  return prefix === full ? '' : `${sign}${prefix}`
}
