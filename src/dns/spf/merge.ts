import {canonicalMechanism, canonicalTerm} from './canonical.ts'
import {strictness} from './compare.ts'
import {mendedTerms} from './mended-terms.ts'
import {parseRecord} from './parse-record.ts'
import {isMechanism, type Mechanism, type Modifier, type Qualifier, type Redirect, type Term} from './record.ts'

/** One record made of several, and what was done to make it. */
export interface SpfMerge {
  record: string
  /** Wanted terms that no live record had. */
  added: readonly string[]
  /** Live terms that stood after `all`, where they had no effect, and now have one. */
  moved: readonly string[]
  /** Live terms that were written wrong, or could not stay as they were, and what they became. */
  mended: readonly {from: string; to: string}[]
  /** Live terms that are of no use in the new record. */
  dropped: readonly {term: string; why: string}[]
  /** Live terms that could not be kept, for nobody can tell what they mean; some may stand for senders. */
  unread: readonly string[]
  /** What becomes of senders that nothing matches: `-all`, or `redirect=…`. */
  policy: string
}

export interface MergeParts {
  domain: string
  /** What the domain publishes now. */
  live: readonly string[]
  /** Records with the terms it should have. */
  wanted: readonly string[]
  /** Live terms that authorise nobody, in canonical spelling, and why. */
  useless?: ReadonlyMap<string, string>
}

/**
 * Makes one record that keeps the senders of the live ones, adds what is wanted before `all`, and has the strictest
 * policy that any of them states. Where a redirect cannot be kept beside an `all`, it becomes an include.
 */
export function mergeSpf({domain, live, wanted, useless = new Map()}: MergeParts): SpfMerge {
  const merging = new Merging(domain, useless)
  // What one record refuses must not come before what another lets pass.
  for (const record of live.toSorted((one, other) => refusals(one) - refusals(other))) merging.keep(record)
  for (const record of wanted) merging.want(record)
  return merging.finish()
}

/** How many mechanisms do not let their senders pass. */
function refusals(record: string): number {
  const {terms} = parseRecord(record)
  return terms.filter((term) => isMechanism(term) && term.name !== 'all' && term.qualifier !== '+').length
}

/** More than this that was done to a record is not told one by one. */
const most = 100

/** A redirect, or a policy, and whether a live record states it. */
interface Stated<Value> {
  value: Value
  live: boolean
}

class Merging {
  readonly #domain: string
  readonly #useless: ReadonlyMap<string, string>
  /** By canonical spelling without the qualifier. */
  readonly #mechanisms = new Map<string, Mechanism>()
  readonly #modifiers = new Map<string, string>()
  readonly #redirects = new Map<string, Stated<Redirect>>()
  readonly #policies: Stated<Qualifier>[] = []
  readonly #added: string[] = []
  readonly #moved: string[] = []
  readonly #mended: {from: string; to: string}[] = []
  readonly #dropped: {term: string; why: string}[] = []
  readonly #unread: string[] = []

  constructor(domain: string, useless: ReadonlyMap<string, string>) {
    this.#domain = domain
    this.#useless = useless
  }

  keep(record: string): void {
    const {terms, mended, unread} = mendedTerms(record)
    this.#mended.push(...mended)
    this.#unread.push(...unread)
    const before = new Map(this.#mechanisms)
    const all = terms.findIndex(({name}) => name === 'all')
    for (const [at, term] of terms.entries()) {
      const why = this.#useless.get(canonicalTerm(term, this.#domain)) ?? this.#whyNot(term, all !== -1, before)
      if (why !== null) this.#drop(term, why)
      else this.#keepTerm(term, all !== -1 && at > all)
    }
  }

  want(record: string): void {
    for (const term of parseRecord(record).terms) {
      if (!isMechanism(term)) this.#addModifier(term, false)
      else if (term.name === 'all') this.#policies.push({value: term.qualifier, live: false})
      else this.#wantMechanism(term)
    }
  }

  finish(): SpfMerge {
    const policy = this.#policy()
    const mechanisms = Array.from(this.#mechanisms.values(), ({text}) => text)
    return {
      record: ['v=spf1', ...mechanisms, ...this.#modifiers.values(), policy].join(' '),
      added: this.#added,
      moved: this.#moved.slice(0, most),
      mended: this.#mended.slice(0, most),
      dropped: this.#dropped.slice(0, most),
      unread: this.#unread.slice(0, most),
      policy,
    }
  }

  /** @param before what the other records have: there it may be refused, and pass here */
  #whyNot(term: Term, hasAll: boolean, before: ReadonlyMap<string, Mechanism>): string | null {
    if (term.name === 'redirect') return hasAll ? 'It has no effect beside “all”.' : null
    if (!isMechanism(term) || term.name === 'all') return null
    const key = canonicalMechanism(term, this.#domain)
    const there = this.#mechanisms.get(key)
    if (!there) return null
    const passesNow = there === before.get(key) && there.qualifier !== '+' && term.qualifier === '+'
    return passesNow ? null : 'It stands there already.'
  }

  #keepTerm(term: Term, afterAll: boolean): void {
    if (!isMechanism(term)) {
      this.#addModifier(term, true)
    } else if (term.name !== 'all') {
      this.#setMechanism(term)
      if (afterAll) this.#moved.push(term.text)
    } else if (!afterAll) {
      this.#policies.push({value: term.qualifier, live: true})
    }
  }

  #wantMechanism(term: Mechanism): void {
    if (this.#mechanisms.get(canonicalMechanism(term, this.#domain))?.qualifier === term.qualifier) return
    this.#setMechanism(term)
    this.#added.push(term.text)
  }

  /** In the place of the same mechanism with another qualifier, where there is one. */
  #setMechanism(term: Mechanism): void {
    const key = canonicalMechanism(term, this.#domain)
    const before = this.#mechanisms.get(key)
    if (before) this.#drop(before, `It is to be ${term.text}.`)
    this.#mechanisms.set(key, term)
  }

  /** What stands once stays as the first record has it. A second `v=spf1` in the middle says nothing. */
  #addModifier(term: Modifier, live: boolean): void {
    const key = term.name === 'exp' ? 'exp' : canonicalTerm(term, this.#domain)
    if (term.name === 'redirect') this.#redirects.set(key, this.#redirects.get(key) ?? {value: term, live})
    else if (term.name === 'exp' || term.modifier !== 'v')
      this.#modifiers.set(key, this.#modifiers.get(key) ?? term.text)
  }

  #policy(): string {
    const [redirect, ...more] = this.#redirects.values()
    const beside = this.#policies.filter(({live}) => live || !redirect?.live)
    if (redirect && more.length === 0 && beside.length === 0) return redirect.value.text
    for (const {value} of this.#redirects.values()) this.#include(value)
    const strictest = strictness.findLast((qualifier) => this.#policies.some(({value}) => value === qualifier))
    if (strictest === '+') this.#dropped.push({term: '+all', why: 'It lets anybody send.'})
    return strictest === undefined || strictest === '+' ? '~all' : `${strictest}all`
  }

  /** What a redirect stood for, beside an `all` that would silence it. */
  #include({text: from, at, domain}: Redirect): void {
    const text = `include:${domain.text}`
    const term: Mechanism = {text, at, qualifier: '+', name: 'include', domain}
    this.#mended.push({from, to: text})
    this.#mechanisms.set(canonicalMechanism(term, this.#domain), term)
  }

  #drop({text}: Term, why: string): void {
    this.#dropped.push({term: text, why})
  }
}
