import type {Finding} from '../finding.ts'
import type {RecordVerdict} from '../records/verdict.ts'

/** The parts of a check, in the order of causes: what is wrong in one may be because of one before it. */
export const sections = [
  'stored',
  'delegation',
  'zone',
  'hosts',
  'spf',
  'dkim',
  'dmarc',
  'extras',
  'reputation',
] as const
export type Section = (typeof sections)[number]

export interface CheckFinding extends Finding {
  section: Section
}

/** All that a check found out about one domain. It holds data only, and can go into JSON as it is. */
export interface DomainCheck {
  /** As DNS has it: lower case, Unicode as A-labels. */
  domain: string
  /** The zone the domain is in; null where that could not be found out, or there is none. */
  zone: string | null
  /** In the order of causes. */
  findings: readonly CheckFinding[]
  /** Findings that another one explains: they are expected to go when that one is mended. */
  muted: readonly CheckFinding[]
  /** One for each expected record that could be read, in the order of the document. */
  verdicts: readonly RecordVerdict[]
}
