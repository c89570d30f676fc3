import {blocklists} from '../../../src/dns/blocklist/lists.ts'
import type {ZoneFiles} from '../../support/dns/servers.ts'
import {zoneFile} from '../../support/dns/zone-file.ts'
import type {Case} from './case.ts'

const from = (ip: string, helo: string | null = null): Case => ({sender: {ip, helo}})

/** Of each code about addresses that send, one where it is found; what is there is in `zonesOfOthers`. */
export const reputationCases: Readonly<Record<string, Case>> = {
  IP_PTR_MISSING: from('192.0.2.30'),
  'IP_PTR_MISSING (IPv6)': from('2001:db8::30'),
  IP_FCRDNS_FAIL: from('192.0.2.31'),
  'IP_FCRDNS_FAIL (IPv6)': from('2001:db8::31'),
  IP_PTR_HELO: from('192.0.2.32', 'mail.penguin.test'),
  IP_HELO_ADDRESS: from('192.0.2.32', 'mail.penguin.test'),
  IP_PTR_GENERIC: from('192.0.2.33'),
  BL_LISTED: from('192.0.2.66'),
  'BL_LISTED (IPv6)': from('2001:db8::66'),
  'BL_LISTED (domain)': {},
  BL_QUERY_BLOCKED: from('192.0.2.71'),
  BL_QUERY_TYPO: from('192.0.2.72'),
  BL_RATE: from('192.0.2.73'),
  BL_KEY: from('192.0.2.74'),
  BL_UNDOCUMENTED: from('192.0.2.75'),
  BL_HIJACK: from('192.0.2.76'),
  BL_DEAD: {},
}

/** One nibble a label, as RFC 3596 §2.5 and RFC 5782 §2.4 have it. */
const nibbles = '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0'

const answers: Readonly<Record<string, string>> = {
  '66.2.0.192': '127.0.0.2',
  [`6.6.${nibbles}.8.b.d.0.1.0.0.2`]: '127.0.0.3',
  '71.2.0.192': '127.255.255.254',
  '72.2.0.192': '127.255.255.252',
  '73.2.0.192': '127.255.255.255',
  '74.2.0.192': '127.255.255.250',
  '75.2.0.192': '127.0.0.99',
  '76.2.0.192': '198.51.100.1',
}

/** The hosts of `test` that addresses are named after. */
export const namedHosts = [
  'mail.penguin A 192.0.2.25',
  'relay.penguin A 192.0.2.32',
  '192-0-2-33.penguin A 192.0.2.33',
  'other.penguin A 192.0.2.99',
  'other.penguin AAAA 2001:db8::99',
]

const ns = ['@ NS ns1.test.']

/** Blocklists as they work, with the entries of RFC 5782 §5, but for one that is dead; and names of addresses. */
export const zonesOfOthers: ZoneFiles = {
  '2.0.192.in-addr.arpa': zoneFile('2.0.192.in-addr.arpa', [
    ...ns,
    '25 PTR mail.penguin.test.',
    '31 PTR other.penguin.test.',
    '32 PTR relay.penguin.test.',
    '33 PTR 192-0-2-33.penguin.test.',
  ]),
  '8.b.d.0.1.0.0.2.ip6.arpa': zoneFile('8.b.d.0.1.0.0.2.ip6.arpa', [...ns, `1.3.${nibbles} PTR other.penguin.test.`]),
  ...Object.fromEntries(
    blocklists.filter(({name}) => name !== 'PSBL').map((list) => [list.zone, zoneFile(list.zone, listLines(list))]),
  ),
}

function listLines({zone, lists, tests, answers: meanings}: (typeof blocklists)[number]): string[] {
  const first =
    'codes' in meanings ? (Object.keys(meanings.codes)[0] ?? '') : `127.0.0.${Object.keys(meanings.bits)[0]}`
  const listed = lists === 'ip' ? tests.listed.split('.').reverse().join('.') : tests.listed
  const entries = zone === 'zen.spamhaus.org' ? Object.entries(answers) : []
  return [
    ...ns,
    `${listed} A ${first}`,
    ...(zone === 'dbl.spamhaus.org' ? ['bl-listed-domain.test A 127.0.1.2'] : []),
    ...entries.flatMap(([entry, code]) => [`${entry} A ${code}`, `${entry} TXT "https://example.test/why"`]),
  ]
}
