import type {IpBytes} from '../ip-bytes.ts'

/** What a matching mechanism says of the sender (RFC 7208 §4.6.2): pass, fail, softfail, neutral. */
export type Qualifier = '+' | '-' | '~' | '?'

/** Sender, its local part and domain, current domain, address, validated name, HELO, `in-addr` or `ip6`; then for explanations. */
export const macroLetters = ['s', 'l', 'o', 'd', 'i', 'p', 'h', 'v', 'c', 'r', 't'] as const

/** `%{ir}`: a value, and how it is cut, turned around and put together again (RFC 7208 §7.1). */
export interface Macro {
  letter: (typeof macroLetters)[number]
  /** Written in upper case: the value is percent-encoded. */
  encoded: boolean
  /** How many parts are kept, from the right; null keeps all. */
  keep: number | null
  reversed: boolean
  delimiters: string
}

/** Literal text and macros in turn. `%%`, `%_` and `%-` are already what they stand for. */
export type MacroString = readonly (string | Macro)[]

export interface DomainSpec {
  text: string
  parts: MacroString
}

interface Written {
  /** As it stands in the record. */
  text: string
  /** The byte of the record it begins at, from 0. */
  at: number
}

interface Directive extends Written {
  qualifier: Qualifier
}

interface All extends Directive {
  name: 'all'
}

export interface Include extends Directive {
  name: 'include'
  domain: DomainSpec
}

export interface Exists extends Directive {
  name: 'exists'
  domain: DomainSpec
}

export interface Hosts extends Directive {
  name: 'a' | 'mx'
  /** Null means the domain the record is at. */
  domain: DomainSpec | null
  prefix4: number
  prefix6: number
}

interface Ptr extends Directive {
  name: 'ptr'
  domain: DomainSpec | null
}

interface Network extends Directive {
  name: 'ip4' | 'ip6'
  network: IpBytes
  prefix: number
}

export type Mechanism = All | Include | Exists | Hosts | Ptr | Network

export interface Redirect extends Written {
  name: 'redirect'
  domain: DomainSpec
}

export interface Explanation extends Written {
  name: 'exp'
  domain: DomainSpec
}

/** Ignored by every receiver (RFC 7208 §6). */
export interface UnknownModifier extends Written {
  name: 'unknown'
  /** What stands before the `=`, in lower case. */
  modifier: string
}

export type Modifier = Redirect | Explanation | UnknownModifier
export type Term = Mechanism | Modifier

/** A place where a record breaks the grammar. One is enough to make the whole record a permerror (RFC 7208 §4.6). */
export interface SyntaxProblem {
  /** The byte of the record it is at, from 0. */
  at: number
  /** The term it is in. */
  term: string
  /** What is wrong, as a sentence. */
  reason: string
  /** The term that was probably meant. */
  instead: string | null
  /** The record around the place, one column for each byte. */
  line: string
  /** To be drawn under `line`: spaces, then `^` at the place. */
  marker: string
}

export interface SpfRecord {
  /** One character for each byte. */
  text: string
  /** The terms that follow the grammar, in order. */
  terms: readonly Term[]
  problems: readonly SyntaxProblem[]
}

export function isMechanism(term: Term): term is Mechanism {
  return 'qualifier' in term
}
