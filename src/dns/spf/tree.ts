import {plainName} from '../domain-name.ts'
import {canonicalMechanism} from './canonical.ts'
import {effectiveTerms} from './effective-terms.ts'
import type {Voids} from './host-facts.ts'
import {isMechanism, type Qualifier, type SyntaxProblem, type Term} from './record.ts'
import type {Survey, SurveyedRecord} from './survey.ts'

/** A record and what is below it, as data for a view or for JSON. */
export interface SpfTree {
  /** In lower case; of a dynamic one, as the term says it, macros and all. */
  domain: string
  /**
   * `syntax`: a record that breaks the grammar. `loop`: a record that is above this one. `repeated`: a record whose
   * parts are shown where it stands first. `dynamic`: another name for every message. `unknown`: DNS did not say.
   * `unexplored`: the tree is so large that it was not asked for.
   */
  status: 'ok' | 'missing' | 'multiple' | 'syntax' | 'loop' | 'repeated' | 'dynamic' | 'unknown' | 'unexplored'
  records: readonly string[]
  problems: readonly SyntaxProblem[]
  /** What its `all` says; null where it has none. */
  all: Qualifier | null
  /** The first 200. */
  terms: readonly SpfTreeTerm[]
  /** Terms at and below this record that ask DNS, were all of them evaluated. */
  lookups: number
  /** Questions that find nothing, were all of them asked. */
  voids: Voids
  /** The way round a loop: `a.example`, `b.example`, `a.example`. */
  chain: readonly string[] | null
  /** Why it is unknown. */
  reason: string | null
}

export interface SpfTreeTerm {
  text: string
  at: number
  name: Term['name']
  qualifier: Qualifier | null
  /** It can have no effect: it stands after `all`, or is a `redirect` beside it. */
  ignored: boolean
  /** The same mechanism stands before it in this record. */
  duplicate: boolean
  /** Of this term and all below it. */
  lookups: number
  voids: Voids
  /** How many MX hosts an `mx` finds. */
  mx_hosts: number | null
  /** Why a host could not be learned. */
  unknown: string | null
  /** The record an `include` or a `redirect` leads to. */
  below: SpfTree | null
}

/** Puts a survey together as the tree that the records form. */
export function spfTree(survey: Survey): SpfTree {
  return plant({survey, planted: new Map()}, survey.domain, [])
}

interface Planting {
  survey: Survey
  /** The trees that stand already, by domain. */
  planted: Map<string, SpfTree>
}

const asking: ReadonlySet<Term['name']> = new Set(['include', 'redirect', 'a', 'mx', 'ptr', 'exists'])
const noVoids: Voids = {ipv4: 0, ipv6: 0}
const mostTerms = 200
const mostProblems = 20
const leaf = {records: [], problems: [], all: null, terms: [], lookups: 0, voids: noVoids, chain: null, reason: null}

function plant(planting: Planting, domain: string, above: readonly string[]): SpfTree {
  if (above.includes(domain)) {
    return {...leaf, domain, status: 'loop', chain: [...above.slice(above.indexOf(domain)), domain]}
  }
  const standing = planting.planted.get(domain)
  if (standing) return standing.terms.length === 0 ? standing : {...standing, status: 'repeated', terms: []}
  const surveyed = planting.survey.records.get(domain)
  if (!surveyed) return {...leaf, domain, status: 'unexplored'}
  const tree = {...leaf, domain, ...grow(planting, surveyed, [...above, domain])}
  planting.planted.set(domain, tree)
  return tree
}

function grow(
  planting: Planting,
  surveyed: SurveyedRecord,
  path: readonly string[],
): Partial<SpfTree> & Pick<SpfTree, 'status'> {
  const {published, record} = surveyed
  if (published.outcome === 'unknown') return {status: 'unknown', reason: published.reason}
  if (!record) {
    const records = published.outcome === 'records' ? published.records : []
    return {status: records.length === 0 ? 'missing' : 'multiple', records}
  }
  const terms = branches(planting, surveyed, record.terms, path)
  return {
    status: record.problems.length === 0 ? 'ok' : 'syntax',
    records: [record.text],
    problems: record.problems.slice(0, mostProblems),
    all: record.terms.find((term) => term.name === 'all')?.qualifier ?? null,
    terms: terms.slice(0, mostTerms),
    lookups: terms.reduce((sum, {lookups}) => sum + lookups, 0),
    voids: terms.reduce((sum, {voids}) => plus(sum, voids), noVoids),
  }
}

function branches(
  planting: Planting,
  {targets}: SurveyedRecord,
  terms: readonly Term[],
  path: readonly string[],
): SpfTreeTerm[] {
  const effective = new Set(effectiveTerms(terms))
  const seen = new Set<string>()
  return terms.map((term) => {
    const ignored = !effective.has(term)
    const key = isMechanism(term) ? canonicalMechanism(term, path.at(-1) ?? '') : null
    const duplicate = key !== null && seen.has(key)
    if (key !== null) seen.add(key)
    const target = ignored ? undefined : targets.get(term)
    return {...written(term), ignored, duplicate, ...reach(planting, term, target, path)}
  })
}

function written(term: Term): Pick<SpfTreeTerm, 'text' | 'at' | 'name' | 'qualifier'> {
  return {text: term.text, at: term.at, name: term.name, qualifier: isMechanism(term) ? term.qualifier : null}
}

/** What a term asks of DNS. @param target undefined where the term is about no name, or is ignored */
function reach(planting: Planting, term: Term, target: string | null | undefined, path: readonly string[]) {
  const below = target === undefined ? null : leadsTo(planting, term, target, path)
  const facts = target ? planting.survey.hosts.get(`${term.name} ${plainName(target)}`) : undefined
  const own = target !== undefined && asking.has(term.name) ? 1 : 0
  return {
    lookups: own + (below?.lookups ?? 0),
    voids: plus(facts?.voids ?? noVoids, below?.voids ?? noVoids),
    mx_hosts: facts?.mxHosts ?? null,
    unknown: facts?.unknown ?? null,
    below,
  }
}

function leadsTo(planting: Planting, term: Term, target: string | null, path: readonly string[]): SpfTree | null {
  if (term.name !== 'include' && term.name !== 'redirect') return null
  if (target === null) return {...leaf, domain: term.domain.text, status: 'dynamic'}
  return plant(planting, plainName(target), path)
}

function plus(a: Voids, b: Voids): Voids {
  return {ipv4: a.ipv4 + b.ipv4, ipv6: a.ipv6 + b.ipv6}
}
