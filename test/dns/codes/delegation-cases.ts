import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import {at} from '../../support/dns/world.ts'
import type {Case} from './case.ts'

const www: ExpectedRecord = {record_type: 'A', name: 'www', value: '192.0.2.80', ttl: 300}
const right = {more: ['www A 192.0.2.80'], stored: [www]}
/** A domain below, whose servers nobody finds listening. */
const dark = ['dark NS ns1.dark', `ns1.dark A ${at.nobody}`]

/** Of each code about the way to a zone, its servers and its records, a zone where it is found. */
export const delegationCases: Readonly<Record<string, Case>> = {
  DNS_BAD_NAME: {domain: 'no such..domain'},
  DNS_DOMAIN_NXDOMAIN: {domain: 'not-registered.test'},
  DNS_DELEGATION_UNKNOWN: {domain: 'shop.dark.%', more: dark},
  NS_LAME: {...right, second: 'nothing'},
  NS_SERVFAIL: {...right, second: 'rubbish'},
  NS_TIMEOUT: {
    ...right,
    delegation: [
      '@above NS ns1.@above',
      `ns1.@above A ${at.primary}`,
      '@above NS ns2.@above',
      `ns2.@above A ${at.nobody}`,
    ],
  },
  NS_UNRESOLVABLE: {...right, above: ['@above NS nowhere.@above']},
  NS_CNAME: {...right, more: [...right.more, 'alias CNAME ns1'], above: ['@above NS alias.@above']},
  NS_IPV6_ONLY: {domain: 'six.%', more: ['six NS ns1.six', 'ns1.six AAAA 2001:db8::53']},
  NS_PARENT_MISMATCH: {...right, more: [...right.more, '@ NS ns3', `ns3 A ${at.primary}`]},
  NS_GLUE_MISMATCH: {...right, above: [`ns1.@above A ${at.nobody}`]},
  NS_INCONSISTENT_RRSET: {...right, second: {more: ['www A 192.0.2.66']}},
  SOA_SERIAL_DRIFT: {...right, second: {serial: 2}},
  REC_DOUBLE_SUFFIX: {...right, more: ['www.% A 192.0.2.80']},
  REC_WILDCARD_ANSWER: {...right, more: ['* A 192.0.2.99']},
  REC_NOT_DEPLOYED: {stored: [{...www, needs_deployment: true}]},
  // Authorities answer however long a chain is; a resolver that follows it gives up.
  REC_RESOLVERS_FAIL: {
    more: [...Array.from({length: 13}, (_, at) => `alias${at} CNAME alias${at + 1}`), 'alias13 A 192.0.2.80'],
    stored: [{...www, name: 'alias0'}],
  },
  REC_STORED_INVALID: {...right, stored: [{...www, ttl: -1}]},
  REC_UNKNOWN: {more: dark, stored: [{...www, name: 'www.dark'}]},
  SPF_UNKNOWN: {spf: ['@ TXT "v=spf1 include:dark.% -all"'], more: dark},
  // What the families say more exactly does not stand in its way.
  REC_MISMATCH: {
    dmarc: ['_dmarc TXT "v=DMARC1; p=reject; rua=mailto:a@%"'],
    stored: [{record_type: 'DMARC', name: '_dmarc', value: 'v=DMARC1; p=reject; rua=mailto:b@%'}],
  },
  REC_PROPAGATING: {
    ...right,
    servers: 'first',
    before: async (world, zone, file) => {
      world.primary.edit(zone, file(['www A 192.0.2.1'], 2))
      await remember(world, `www.${zone}`)
      world.primary.edit(zone, file(right.more, 3))
    },
  },
  REC_NEGATIVE_CACHED: {
    ...right,
    more: [],
    servers: 'first',
    before: async (world, zone, file) => {
      await remember(world, `www.${zone}`)
      world.primary.edit(zone, file(right.more, 2))
    },
  },
}

/** Lets the cache learn what is there now. */
async function remember(world: Parameters<NonNullable<Case['before']>>[0], name: string): Promise<void> {
  const dns = world.open()
  await dns.lookup(name, 'A')
  dns.client.close()
}
