import {type Fact, type FactKind, objectOf} from '../fact.ts'
import type {Finding} from './finding.ts'
import {hintForDifferent, hintForMissing, hintForUnexpected} from './hints.ts'

/** The kinds of which more than expected is a finding: they let somebody see or do more. */
const closed: ReadonlySet<FactKind> = new Set(['policy', 'grant'])
/** The kinds that go by what they are: a platform may call its constraint or index something else. */
const nameless: ReadonlySet<FactKind> = new Set(['constraint', 'index'])

/**
 * Where a database is not as expected, in the order of what is expected. What is missing is said once and not again for
 * everything that belongs to it; tables, columns, … that nobody expects are no finding.
 */
export function compareFacts(expected: readonly Fact[], found: readonly Fact[]): Finding[] {
  const missing = missingThings(expected, found)
  const isLost = ({of, name}: Fact) => name !== '' && missing.has(of)
  return [
    ...expected.filter((fact) => !isLost(fact)).flatMap((fact) => compareFact(fact, matchOf(fact, found))),
    ...found.filter((fact) => closed.has(fact.kind) && !matchOf(fact, expected)).map(unexpected),
  ]
}

/** The tables, functions, … that are expected and not there. */
function missingThings(expected: readonly Fact[], found: readonly Fact[]): Set<string> {
  const things = expected.filter((fact) => fact.name === '' && !matchOf(fact, found))
  return new Set(things.map(({of}) => of))
}

function matchOf(fact: Fact, others: readonly Fact[]): Fact | undefined {
  const candidates = others.filter(({kind, of}) => kind === fact.kind && of === fact.of)
  const same = nameless.has(fact.kind) ? candidates.find((other) => differing(fact, other).length === 0) : undefined
  return same ?? candidates.find(({name}) => name === fact.name)
}

function compareFact(expected: Fact, found: Fact | undefined): Finding[] {
  const about = {kind: expected.kind, object: objectOf(expected)}
  if (!found) {
    return [{...about, finding: 'missing', expected: inWords(expected), found: null, hint: hintForMissing(expected)}]
  }
  const names = differing(expected, found)
  if (names.length === 0) return []
  const sides = {expected: inWords(expected, names), found: inWords(found, names)}
  return [{...about, finding: 'differs', ...sides, hint: hintForDifferent(expected, found)}]
}

function unexpected(fact: Fact): Finding {
  const about = {kind: fact.kind, object: objectOf(fact)}
  return {...about, finding: 'unexpected', expected: null, found: inWords(fact), hint: hintForUnexpected(fact)}
}

function differing(one: Fact, other: Fact): string[] {
  const names = new Set([...Object.keys(one.facets), ...Object.keys(other.facets)])
  return [...names].filter((name) => one.facets[name] !== other.facets[name]).sort()
}

function inWords({facets}: Fact, names: readonly string[] = Object.keys(facets).sort()): string | null {
  if (names.length === 1 && names[0] === 'definition') return facets.definition ?? null
  return names.map((name) => `${name}: ${facets[name] ?? 'none'}`).join(', ') || null
}
