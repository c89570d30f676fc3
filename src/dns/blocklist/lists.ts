import type {Level} from '../finding.ts'

/** What an entry of a list says of an address or a domain. */
export interface Listing {
  /** As the list calls it: `SBL`, `phishing`. */
  class: string
  /** How much it hurts mail: `error` where large receivers refuse it for that. */
  level: Extract<Level, 'error' | 'warning' | 'info'>
}

export interface Blocklist {
  name: string
  /** Where it is asked, and what it is stored under. */
  zone: string
  /** The label of its zone in Spamhaus's Data Query Service, which takes a key instead of looking at the resolver. */
  dqs?: string
  lists: 'ip' | 'domain'
  /** Whether it knows IPv6 addresses. */
  ipv6: boolean
  /** What is always on it, and what never is (RFC 5782 §5): a list where that does not hold is not believed. */
  tests: {listed: string; clean: string}
  /** What its answers mean: each on its own, or by the bits of the last number. */
  answers: {codes: Readonly<Record<string, Listing>>} | {bits: Readonly<Record<number, Listing>>}
  /** Answers besides the usual ones that say the question was wrong. */
  mistakes?: readonly string[]
  /** Where to have an entry removed; `{}` is the address or domain. */
  delist: string
}

const error = (name: string): Listing => ({class: name, level: 'error'})
const warning = (name: string): Listing => ({class: name, level: 'warning'})
const [xbl, pbl] = [error('XBL: compromised machine'), error('PBL: not meant to send mail')]
const ipTests = {listed: '127.0.0.2', clean: '127.0.0.1'}
const onlyCode = (listing: Listing) => ({codes: {'127.0.0.2': listing}})

/**
 * The lists that decide about mail. Those that were closed (SORBS, NiX Spam, AHBL) answer for nobody any more; those
 * that list whole networks for the neighbours (UCEPROTECT 2 and 3) say nothing of an address.
 */
export const blocklists: readonly Blocklist[] = [
  {
    name: 'Spamhaus ZEN',
    zone: 'zen.spamhaus.org',
    dqs: 'zen',
    lists: 'ip',
    ipv6: true,
    tests: ipTests,
    answers: {
      codes: {
        '127.0.0.2': error('SBL: spam source'),
        '127.0.0.3': error('CSS: snowshoe spam'),
        '127.0.0.4': xbl,
        '127.0.0.5': xbl,
        '127.0.0.6': xbl,
        '127.0.0.7': xbl,
        '127.0.0.9': error('DROP: hijacked network'),
        '127.0.0.10': pbl,
        '127.0.0.11': pbl,
        '127.0.0.30': error('BCL: botnet controller'),
      },
    },
    delist: 'https://check.spamhaus.org/results?query={}',
  },
  {
    name: 'SpamCop',
    zone: 'bl.spamcop.net',
    lists: 'ip',
    ipv6: false,
    tests: ipTests,
    answers: onlyCode(warning('reported by users')),
    delist: 'https://www.spamcop.net/bl.shtml?{}',
  },
  {
    name: 'Barracuda',
    zone: 'b.barracudacentral.org',
    lists: 'ip',
    ipv6: false,
    tests: ipTests,
    answers: onlyCode(error('poor reputation')),
    delist: 'https://www.barracudacentral.org/rbl/removal-request',
  },
  {
    name: 'PSBL',
    zone: 'psbl.surriel.com',
    lists: 'ip',
    ipv6: false,
    tests: ipTests,
    answers: onlyCode(warning('sent to a spam trap')),
    delist: 'https://psbl.org/listing?ip={}',
  },
  {
    name: 'UCEPROTECT 1',
    zone: 'dnsbl-1.uceprotect.net',
    lists: 'ip',
    ipv6: false,
    tests: ipTests,
    answers: onlyCode(warning('sent to a spam trap')),
    delist: 'https://www.uceprotect.net/en/rblcheck.php?ipr={}',
  },
  {
    name: 'Mailspike',
    zone: 'bl.mailspike.net',
    lists: 'ip',
    ipv6: false,
    tests: ipTests,
    answers: {
      codes: {
        '127.0.0.2': warning('part of a spam wave'),
        '127.0.0.10': warning('worst reputation'),
        '127.0.0.11': warning('very bad reputation'),
        '127.0.0.12': warning('bad reputation'),
      },
    },
    delist: 'https://mailspike.org/iplookup.html',
  },
  {
    name: 'Spamhaus DBL',
    zone: 'dbl.spamhaus.org',
    dqs: 'dbl',
    lists: 'domain',
    ipv6: false,
    tests: {listed: 'dbltest.com', clean: 'invalid'},
    answers: {
      codes: {
        '127.0.1.2': error('low reputation'),
        '127.0.1.4': error('phishing'),
        '127.0.1.5': error('malware'),
        '127.0.1.6': error('botnet controller'),
        '127.0.1.102': error('abused: spam'),
        '127.0.1.103': error('abused: redirector'),
        '127.0.1.104': error('abused: phishing'),
        '127.0.1.105': error('abused: malware'),
        '127.0.1.106': error('abused: botnet controller'),
      },
    },
    mistakes: ['127.0.1.255'],
    delist: 'https://check.spamhaus.org/results?query={}',
  },
  {
    name: 'SURBL',
    zone: 'multi.surbl.org',
    lists: 'domain',
    ipv6: false,
    tests: {listed: 'surbl-org-permanent-test-point.com', clean: 'invalid'},
    answers: {bits: {8: error('phishing'), 16: error('malware'), 64: error('spam'), 128: error('cracked site')}},
    delist: 'https://surbl.org/surbl-analysis',
  },
  {
    name: 'URIBL',
    zone: 'multi.uribl.com',
    lists: 'domain',
    ipv6: false,
    tests: {listed: 'test.uribl.com', clean: 'invalid'},
    answers: {bits: {2: error('black'), 4: warning('grey'), 8: warning('red')}},
    delist: 'https://lookup.uribl.com/?domain={}',
  },
]
