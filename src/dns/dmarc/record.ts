import type {Level} from '../finding.ts'
import type {DmarcCode} from './kinds.ts'
import type {ReportUri} from './report-uri.ts'

/** From the weakest to the strictest. */
export const policies = ['none', 'quarantine', 'reject'] as const

export type Policy = (typeof policies)[number]

export interface DmarcProblem {
  code: DmarcCode
  level: Level
  /** Where in the text, from 0; null where no place can be named. */
  at: number | null
  /** A sentence. */
  reason: string
}

/** A DMARC policy record (RFC 9989 §4.7). */
export interface DmarcRecord {
  text: string
  /** What is asked for the domain itself; null where receivers make nothing of the record. */
  p: Policy | null
  /** For subdomains; null where it is left out and p= stands. */
  sp: Policy | null
  /** For subdomains that do not exist; null where it is left out and sp= or p= stands. */
  np: Policy | null
  /** Whether DKIM, and SPF, must pass for exactly the domain (`s`), or for one of the same organisation. */
  adkim: 'r' | 's'
  aspf: 'r' | 's'
  /** Whether the domain is a public suffix. */
  psd: 'y' | 'n' | 'u'
  /** t=y: the policy is not to be applied. */
  testing: boolean
  /** pct= of RFC 7489; null where it is left out. */
  percent: number | null
  rua: readonly ReportUri[]
  ruf: readonly ReportUri[]
  problems: readonly DmarcProblem[]
}

/** How strict a policy is: 0 for none. */
export function strictness(policy: Policy): number {
  return policies.indexOf(policy)
}

/** What is asked for subdomains, and for those that do not exist, where nothing is left out. */
export function subdomainPolicy({p, sp}: DmarcRecord): Policy | null {
  return p && (sp ?? p)
}

export function nonexistentPolicy({p, sp, np}: DmarcRecord): Policy | null {
  return p && (np ?? sp ?? p)
}
