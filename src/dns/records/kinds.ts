import type {FindingKind} from '../finding.ts'

/** What can be said of an expected record, whatever it is for. */
export const recordKinds = {
  REC_DOUBLE_SUFFIX: {
    level: 'error',
    title: 'The record is at a name with the zone in it twice',
    why: 'Panels add the zone to what is entered. Whoever enters the whole name gets it twice, and nobody looks there.',
    references: ['RFC 1035 §5.1'],
  },
  NS_INCONSISTENT_RRSET: {
    level: 'error',
    title: 'The name servers disagree about the record',
    why: 'Which answer a receiver gets is chance, so mail passes and fails without any pattern.',
    references: ['RFC 1034 §4.3.5'],
  },
  REC_MISSING: {
    level: 'error',
    title: 'The record is missing',
    why: 'It is expected, and no name server of the domain has it.',
    references: ['RFC 2308 §2'],
  },
  REC_MISMATCH: {
    level: 'error',
    title: 'Another record is published',
    why: 'What is published is not what is expected.',
    references: ['RFC 1034 §3.6'],
  },
  REC_WILDCARD_ANSWER: {
    level: 'warning',
    title: 'A wildcard answers for the name',
    why: 'The name has no record of its own: a wildcard (*) of the zone answers for every name that is missing.',
    references: ['RFC 4592 §2.2'],
  },
  REC_NOT_DEPLOYED: {
    level: 'info',
    title: 'The record waits for its deployment',
    why: 'The stored value is newer than what is deployed, so DNS need not have it yet.',
    references: ['guide: dns_records, needs_deployment'],
  },
  REC_PROPAGATING: {
    level: 'info',
    title: 'A resolver still has the old record',
    why: 'The record is right at its source. Whoever asked before keeps the old answer until its time is over.',
    references: ['RFC 1035 §3.2.1'],
  },
  REC_NEGATIVE_CACHED: {
    level: 'info',
    title: 'A resolver remembers that there was no record',
    why: 'The record is right at its source. Whoever asked before it was there keeps that answer until its time is over.',
    references: ['RFC 2308 §5'],
  },
  REC_RESOLVERS_FAIL: {
    level: 'warning',
    title: 'No resolver can resolve what the name servers answer',
    why: 'Receivers ask resolvers. Where these cannot resolve a record, mail fails as if it were missing, or is put off.',
    references: ['RFC 4035 §5.5'],
  },
  REC_STORED_INVALID: {
    level: 'error',
    title: 'The stored record cannot be used',
    why: 'What a record should be is stored in a form that cannot be compared with DNS.',
    references: ['guide: DNS Records JSON Structure'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type RecordCode = keyof typeof recordKinds
