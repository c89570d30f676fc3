import {canonicalMechanism, canonicalTerm} from './canonical.ts'
import {effectiveTerms} from './effective-terms.ts'
import {parseRecord} from './parse-record.ts'
import {isMechanism, type Mechanism, type Qualifier, type Term} from './record.ts'

export interface SpfComparison {
  /**
   * `same`: the two mean the same. `extends`: the live record has all that is expected, other senders besides, and a
   * policy no weaker. `differs`: anything else.
   */
  relation: 'same' | 'extends' | 'differs'
  /** Terms that are expected and not live, as the expectation writes them. */
  missing: readonly string[]
  /** Terms that are live and not expected, as the live record writes them. */
  extra: readonly string[]
}

/**
 * Compares what two records of `domain` mean, not how they are written: order counts only where it can change a
 * result, between mechanisms with different qualifiers.
 * @param redirected what the record says of other senders that the live one redirects to, where that is known
 */
export function compareSpf(
  domain: string,
  expected: string,
  live: string,
  redirected: Qualifier | null = null,
): SpfComparison {
  if (expected === live) return {relation: 'same', missing: [], extra: []}
  const [wanted, found] = [meaningOf(domain, expected, null), meaningOf(domain, live, redirected)]
  const missing = wanted.terms.filter((term) => !found.keys.has(canonicalTerm(term, domain)))
  const extra = found.terms.filter((term) => !wanted.keys.has(canonicalTerm(term, domain)))
  const texts = {missing: missing.map(({text}) => text), extra: extra.map(({text}) => text)}
  if (wanted.broken || found.broken) return {relation: 'differs', ...texts}
  if (wanted.order === found.order) return {relation: 'same', ...texts}
  return {relation: extendsIt(wanted, found, missing) ? 'extends' : 'differs', ...texts}
}

/** From the weakest policy to the strictest. */
export const strictness: readonly Qualifier[] = ['+', '?', '~', '-']

interface Meaning {
  broken: boolean
  /** Those that can have an effect, each once. */
  terms: readonly Term[]
  /** The same, canonical. */
  keys: ReadonlySet<string>
  /** Equal for records that mean the same. */
  order: string
  /** What becomes of senders that nothing matches; null where another record decides. */
  policy: Qualifier | null
}

function meaningOf(domain: string, text: string, redirected: Qualifier | null): Meaning {
  const {terms: written, problems} = parseRecord(text)
  const terms = unique(effectiveTerms(written), domain)
  const modifiers = terms.filter(({name}) => name === 'redirect' || name === 'exp')
  const order = [...runs(terms.filter(isMechanism), domain), ...keysOf(modifiers, domain).sort()]
  const all = terms.find((term) => term.name === 'all')
  const redirects = terms.some(({name}) => name === 'redirect')
  return {
    broken: problems.length > 0,
    terms,
    keys: new Set(keysOf(terms, domain)),
    order: order.join(' '),
    policy: all ? all.qualifier : redirects ? redirected : '?',
  }
}

/** Nothing but other senders came in. A mechanism that refuses somebody could refuse what is expected to pass. */
function extendsIt(wanted: Meaning, found: Meaning, missing: readonly Term[]): boolean {
  const noneMissing = missing.every(({name}) => name === 'all' || name === 'unknown')
  const senders = [...wanted.terms, ...found.terms].filter(isMechanism).filter(({name}) => name !== 'all')
  return noneMissing && isNoWeaker(found.policy, wanted.policy) && senders.every(({qualifier}) => qualifier === '+')
}

/** A redirect that is wanted is no question of strictness: it is there, or it is missing. */
function isNoWeaker(found: Qualifier | null, wanted: Qualifier | null): boolean {
  if (wanted === null) return true
  return found !== null && strictness.indexOf(found) >= strictness.indexOf(wanted)
}

/** A mechanism that stands again is never reached. */
function unique(terms: readonly Term[], domain: string): Term[] {
  const seen = new Set<string>()
  return terms.filter((term) => {
    const key = isMechanism(term) ? canonicalMechanism(term, domain) : term.text
    const first = !seen.has(key)
    seen.add(key)
    return first
  })
}

/** Mechanisms next to each other with the same qualifier, in an order that does not depend on how they were written. */
function runs(mechanisms: readonly Mechanism[], domain: string): string[] {
  const groups: Mechanism[][] = []
  for (const mechanism of mechanisms) {
    const last = groups.at(-1)
    if (last?.[0]?.qualifier === mechanism.qualifier && mechanism.name !== 'all') last.push(mechanism)
    else groups.push([mechanism])
  }
  return groups.flatMap((group) => keysOf(group, domain).sort()).filter((key) => key !== '?all')
}

function keysOf(terms: readonly Term[], domain: string): string[] {
  return terms.map((term) => canonicalTerm(term, domain))
}
