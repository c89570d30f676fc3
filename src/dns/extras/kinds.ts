import type {FindingKind} from '../finding.ts'

const sts = 'RFC 8461 §3.1'
const caa = 'RFC 8659 §3'

/** What a domain can have besides, and what can be wrong with it. */
export const extraKinds = {
  MTASTS_MISSING: {
    level: 'info',
    title: 'No MTA-STS',
    why: 'Senders fall back on plain text where somebody in between suppresses TLS.',
    references: [sts],
  },
  MTASTS_MULTIPLE: {
    level: 'warning',
    title: 'There is more than one MTA-STS record',
    why: 'Senders take it as if there were none.',
    references: [sts],
  },
  MTASTS_SYNTAX: {
    level: 'warning',
    title: 'The MTA-STS record cannot be read',
    why: 'Senders take it as if there were none.',
    references: [sts],
  },
  MTASTS_POLICY: {
    level: 'warning',
    title: 'The MTA-STS policy cannot be used',
    why: 'The record says that there is a policy, and senders cannot get or read it: nothing is protected.',
    references: ['RFC 8461 §3.2', 'RFC 8461 §3.3'],
  },
  MTASTS_MX: {
    level: 'error',
    title: 'The MTA-STS policy leaves a mail host out',
    why: 'Senders that follow the policy do not deliver to a host that it does not name.',
    references: ['RFC 8461 §4.1'],
  },
  MTASTS_MODE: {
    level: 'info',
    title: 'The MTA-STS policy is not enforced',
    why: 'Senders report what fails, and deliver all the same.',
    references: ['RFC 8461 §5'],
  },
  TLSRPT_MISSING: {
    level: 'info',
    title: 'No TLS reports',
    why: 'Nobody learns when senders cannot use TLS.',
    references: ['RFC 8460 §3'],
  },
  TLSRPT_MULTIPLE: {
    level: 'warning',
    title: 'There is more than one TLS-RPT record',
    why: 'Senders take it as if there were none.',
    references: ['RFC 8460 §3'],
  },
  TLSRPT_SYNTAX: {
    level: 'warning',
    title: 'The TLS-RPT record cannot be read',
    why: 'Senders send no reports.',
    references: ['RFC 8460 §3'],
  },
  BIMI_MISSING: {
    level: 'info',
    title: 'No BIMI',
    why: 'Mail programs that show logos show none for the domain.',
    references: ['draft-brand-indicators-for-message-identification §4.2'],
  },
  BIMI_MULTIPLE: {
    level: 'warning',
    title: 'There is more than one BIMI record',
    why: 'Receivers take it as if there were none.',
    references: ['draft-brand-indicators-for-message-identification §7.2'],
  },
  BIMI_SYNTAX: {
    level: 'warning',
    title: 'The BIMI record cannot be used',
    why: 'No logo is shown.',
    references: ['draft-brand-indicators-for-message-identification §4.2'],
  },
  BIMI_DMARC: {
    level: 'warning',
    title: 'BIMI without a strict DMARC policy',
    why: 'Logos are shown only where DMARC asks for quarantine or reject, for all mail and all subdomains.',
    references: ['draft-brand-indicators-for-message-identification §7.1'],
  },
  DNSSEC_UNSIGNED: {
    level: 'info',
    title: 'The zone is not signed',
    why: 'Whoever can forge answers of DNS can forge the records that mail rests on.',
    references: ['RFC 4035 §2'],
  },
  DNSSEC_NO_DS: {
    level: 'warning',
    title: 'The zone is signed, and the zone above does not say so',
    why: 'Without a DS record at the registrar nobody checks the signatures.',
    references: ['RFC 4035 §2.4'],
  },
  DNSSEC_NO_KEY: {
    level: 'error',
    title: 'The zone above says that the zone is signed, and it is not',
    why: 'Resolvers that validate take every answer for forged: the domain does not exist for them.',
    references: ['RFC 4035 §5.2'],
  },
  DNSSEC_KEY_MISMATCH: {
    level: 'error',
    title: 'The DS records name none of the zone’s keys',
    why: 'Resolvers that validate take every answer for forged: the domain does not exist for them.',
    references: ['RFC 4035 §5.2'],
  },
  CAA_MISSING: {
    level: 'info',
    title: 'No CAA',
    why: 'Every certificate authority may issue certificates for the domain.',
    references: [caa],
  },
  CAA_CRITICAL: {
    level: 'warning',
    title: 'A CAA record that authorities may not know is marked critical',
    why: 'An authority that does not know the property must not issue any certificate.',
    references: ['RFC 8659 §4.5'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type ExtraCode = keyof typeof extraKinds
