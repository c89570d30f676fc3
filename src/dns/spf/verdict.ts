export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror'

/** A term that was looked at, in the order of looking. */
export interface Step {
  /** 0 in the record of the sender's domain, one more in each record below. */
  depth: number
  /** The domain whose record it is in. */
  domain: string
  term: string
  /** The byte of the record it begins at, from 0. */
  at: number
  /** Undecided where an error ended it. A redirect that is followed matches. */
  outcome: 'match' | 'no match' | 'undecided'
}

/** What SPF says of a sender, and why. */
export interface Verdict {
  result: SpfResult
  /** The terms that decided, the outermost first; empty where no term did. */
  path: readonly Step[]
  /** Why there is no pass or fail: a sentence, for none, temperror and permerror. */
  reason: string | null
  /** What the domain says to senders that fail (`exp=`), expanded. */
  explanation: string | null
  /** Terms that asked DNS; at most 10 (RFC 7208 §4.6.4). */
  lookups: number
  /** Questions that found nothing; at most 2. */
  voids: number
  /** The first 500 terms that were looked at. */
  trace: readonly Step[]
}

/** `include:_spf.example.net -> ip4:192.0.2.0/24`: the terms that decided. */
export function pathText(path: readonly Step[]): string {
  return path.map(({term}) => term).join(' -> ')
}

/** Ends an evaluation: nothing can be said (RFC 7208 §2.6.6, §2.6.7). */
export class Undecided extends Error {
  readonly result: 'temperror' | 'permerror'

  constructor(result: 'temperror' | 'permerror', reason: string) {
    super(reason)
    this.result = result
  }
}
