import type {FindingKind} from '../finding.ts'

const spamhaus = 'Spamhaus: DNSBL return codes'
const notListed = 'That is no listing, and no proof that there is none.'

/** What blocklists say, or why they say nothing. */
export const blocklistKinds = {
  BL_LISTED: {
    level: 'error',
    title: 'On a blocklist',
    why: 'Receivers that use the list refuse the mail or file it as spam.',
    references: ['RFC 5782 §2'],
  },
  BL_QUERY_BLOCKED: {
    level: 'unknown',
    title: 'A blocklist refuses this resolver',
    why: `Lists refuse resolvers that many share. ${notListed}`,
    references: [spamhaus],
  },
  BL_KEY: {
    level: 'unknown',
    title: 'A blocklist does not take the key',
    why: `The key is disabled, or in use by somebody else. ${notListed}`,
    references: [spamhaus],
  },
  BL_QUERY_TYPO: {
    level: 'unknown',
    title: 'A blocklist does not understand the question',
    why: notListed,
    references: [spamhaus],
  },
  BL_RATE: {
    level: 'unknown',
    title: 'A blocklist was asked too often',
    why: notListed,
    references: [spamhaus],
  },
  BL_HIJACK: {
    level: 'unknown',
    title: 'Somebody answers in place of a blocklist',
    why: `Lists answer within 127.0.0.0/8 only. A resolver that makes answers up makes anything look listed. ${notListed}`,
    references: ['RFC 5782 §2.1'],
  },
  BL_DEAD: {
    level: 'unknown',
    title: 'A blocklist does not work',
    why: `What it says cannot be believed. ${notListed}`,
    references: ['RFC 5782 §5'],
  },
  BL_TIMEOUT: {
    level: 'unknown',
    title: 'A blocklist gives no answer',
    why: notListed,
    references: ['RFC 5782 §2.1'],
  },
  BL_UNDOCUMENTED: {
    level: 'unknown',
    title: 'A blocklist answers something it does not document',
    why: notListed,
    references: ['RFC 5782 §2.1'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type BlocklistCode = keyof typeof blocklistKinds
