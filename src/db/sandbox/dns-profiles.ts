/** The four records every sending domain must have. */
export type MailRecord = 'SPF' | 'DKIM' | 'DMARC' | 'MX'

/** How a domain's DNS stands, or one record of it (guide: dns_records, Field Meanings). */
type Verification = 'pending' | 'verified' | 'failed' | 'error'

/** What is wrong with one record; `{domain}` in the message stands for the domain. */
interface Trouble {
  status: Exclude<Verification, 'verified'>
  attempts: number
  error: string | null
}

interface DnsProfile {
  status: Verification
  /** The records that are not verified. */
  trouble: Partial<Record<MailRecord, Trouble>>
  /** It was all right once: the last good verification is older than the trouble. */
  regressed?: true
}

const fresh: Trouble = {status: 'pending', attempts: 0, error: null}
const waiting: Trouble = {status: 'pending', attempts: 3, error: null}
const silent: Trouble = {status: 'error', attempts: 6, error: 'No name server of {domain} answered within 5 s.'}
const broken: Trouble = {status: 'error', attempts: 14, error: 'The name servers of {domain} answered SERVFAIL.'}

function failed(attempts: number, error: string): Trouble {
  return {status: 'failed', attempts, error}
}

const profiles = {
  healthy: {status: 'verified', trouble: {}},
  /** A second DKIM key waits for its deployment; the first still signs. */
  rotated: {status: 'verified', trouble: {}},
  /** Mailu keeps the DKIM key, an old short one; the vault has nothing. */
  mailu: {status: 'verified', trouble: {}},
  new: {status: 'pending', trouble: {SPF: fresh, DKIM: fresh, DMARC: fresh, MX: fresh}},
  partial: {status: 'pending', trouble: {DKIM: waiting, DMARC: waiting}},
  /** The DKIM key was made but has not reached Mailu. */
  undeployed: {status: 'pending', trouble: {DKIM: fresh}},
  'spf-twice': {
    status: 'failed',
    trouble: {SPF: failed(5, 'Two SPF records at {domain}; receivers take that for a permanent error.')},
    regressed: true,
  },
  'spf-lookups': {
    status: 'failed',
    trouble: {SPF: failed(8, 'The SPF record of {domain} needs 12 DNS lookups; the limit is 10.')},
  },
  'dkim-missing': {
    status: 'failed',
    trouble: {DKIM: failed(11, 'No TXT record at pm1._domainkey.{domain}.')},
  },
  'dkim-mismatch': {
    status: 'failed',
    trouble: {DKIM: failed(4, 'The DKIM key published at pm1._domainkey.{domain} is not the stored key.')},
    regressed: true,
  },
  'dmarc-missing': {
    status: 'failed',
    trouble: {DMARC: failed(7, 'No DMARC record at _dmarc.{domain}.')},
  },
  'mx-foreign': {
    status: 'failed',
    trouble: {MX: failed(3, 'The MX of {domain} is mx.oldhost.example, not mail.penguinmails.example.')},
    regressed: true,
  },
  timeout: {status: 'error', trouble: {SPF: silent, DKIM: silent, DMARC: silent, MX: silent}, regressed: true},
  servfail: {status: 'error', trouble: {SPF: broken, DKIM: broken, DMARC: broken, MX: broken}},
  /** Nobody has set up DNS: there is no document at all. */
  none: {status: 'pending', trouble: {}},
} as const satisfies Readonly<Record<string, DnsProfile>>

/** A case of DNS the sandbox has. */
export type DnsCase = keyof typeof profiles

/** What a case looks like. */
export function profileOf(dns: DnsCase): DnsProfile {
  return profiles[dns]
}
