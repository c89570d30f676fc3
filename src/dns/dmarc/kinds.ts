import type {FindingKind} from '../finding.ts'

const record = 'RFC 9989 §4.7'
const discovery = 'RFC 9989 §4.10'

/** What can be wrong with a DMARC policy. */
export const dmarcKinds = {
  DMARC_MISSING: {
    level: 'error',
    title: 'No DMARC record',
    why: 'Large receivers refuse bulk mail from domains without DMARC, and nobody is told to stop mail that forges the domain.',
    references: [discovery, 'RFC 7489 §6.6.3'],
  },
  DMARC_MULTIPLE: {
    level: 'error',
    title: 'There is more than one DMARC record',
    why: 'Receivers discard them all: it is as if there were none.',
    references: [discovery, 'RFC 7489 §6.6.3'],
  },
  DMARC_SYNTAX: {
    level: 'error',
    title: 'The DMARC record cannot be read',
    why: 'Receivers ignore what they cannot read: a tag, or the whole record.',
    references: ['RFC 9989 §4.8', 'RFC 7489 §6.4'],
  },
  DMARC_AT_APEX: {
    level: 'error',
    title: 'The DMARC record is at the wrong name',
    why: 'Receivers look for it at _dmarc and nowhere else.',
    references: ['RFC 9989 §4.5', 'RFC 7489 §6.1'],
  },
  DMARC_SPF_FOUND: {
    level: 'error',
    title: 'An SPF record is where the DMARC record belongs',
    why: 'It is ignored there. SPF belongs at the domain itself, DMARC at _dmarc.',
    references: ['RFC 9989 §4.5', 'RFC 7208 §3'],
  },
  DMARC_UNRELATED_TXT: {
    level: 'warning',
    title: 'A TXT record that is not DMARC is at _dmarc',
    why: 'Receivers discard it. Mostly it is the answer of a wildcard, and there is no DMARC record.',
    references: [discovery, 'RFC 4592 §2.1'],
  },
  DMARC_INHERITED: {
    level: 'info',
    title: 'The DMARC policy comes from a domain above',
    why: 'Whoever owns that domain decides what becomes of mail that fails.',
    references: ['RFC 9989 §4.10.1', 'RFC 7489 §6.6.3'],
  },
  DMARC_WEAKER: {
    level: 'warning',
    title: 'The DMARC policy is weaker than the stored one',
    why: 'Receivers let more forged mail through than was decided.',
    references: [record],
  },
  DMARC_SP_WEAKER: {
    level: 'warning',
    title: 'The DMARC policy for subdomains is weaker',
    why: 'Who wants to forge mail of the domain takes a subdomain instead.',
    references: [record],
  },
  DMARC_NP_WEAKER: {
    level: 'warning',
    title: 'The DMARC policy for subdomains that do not exist is weaker',
    why: 'Who wants to forge mail of the domain makes a subdomain up.',
    references: [record],
  },
  DMARC_MISMATCH: {
    level: 'warning',
    title: 'The DMARC record differs from the stored one',
    why: 'Receivers do something else than was decided with mail that fails, or send reports elsewhere.',
    references: [record],
  },
  DMARC_P_NONE: {
    level: 'warning',
    title: 'The DMARC policy asks for nothing',
    why: 'With p=none mail that forges the domain is delivered like any other.',
    references: [record],
  },
  DMARC_T_Y: {
    level: 'warning',
    title: 'The DMARC policy is marked as a test',
    why: 'With t=y receivers do not apply the policy, only report. Those that follow RFC 7489 ignore the mark and apply it.',
    references: [record],
  },
  DMARC_REMOVED_TAG: {
    level: 'info',
    title: 'A tag of the DMARC record was removed from the standard',
    why: 'Receivers that follow RFC 9989 ignore it; older ones may honour it. The two treat mail differently.',
    references: ['RFC 9989 §9', 'RFC 7489 §6.3'],
  },
  DMARC_UNKNOWN_TAG: {
    level: 'info',
    title: 'The DMARC record has a tag that nobody knows',
    why: 'Receivers ignore it. It may be another one misspelt.',
    references: [record],
  },
  DMARC_NO_RUA: {
    level: 'info',
    title: 'Nobody gets DMARC reports',
    why: 'Without rua= nobody learns which mail fails, and who sends as the domain.',
    references: [record],
  },
  DMARC_RUA_SYNTAX: {
    level: 'warning',
    title: 'A report address cannot be used',
    why: 'Receivers ignore an address they cannot read or reach, and send no reports there.',
    references: ['RFC 9989 §4.6', 'RFC 7489 §6.2'],
  },
  DMARC_RUA_UNAUTHORISED: {
    level: 'warning',
    title: 'The receiver of the reports has not agreed to get them',
    why: 'Reports to another organisation are sent only where that publishes that it wants them.',
    references: ['RFC 9990 §4', 'RFC 7489 §7.1'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type DmarcCode = keyof typeof dmarcKinds
