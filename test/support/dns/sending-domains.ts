import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import type {TestDatabase} from '../database.ts'
import {ask} from '../records.ts'
import {at, startWorld, type World} from './world.ts'
import {zoneFile} from './zone-file.ts'

const ns = ['@ NS ns1', '@ NS ns2', `ns1 A ${at.primary}`, `ns2 A ${at.secondary}`]
const mail = (zone: string) => [
  '@ MX 10 mail',
  'mail A 192.0.2.25',
  '@ TXT "v=spf1 ip4:192.0.2.25 -all"',
  `_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@${zone}"`,
]
const zone = (name: string, lines: readonly string[]) => zoneFile(name, [...ns, ...mail(name), ...lines])

const zones = {
  'right.test': zone('right.test', ['www A 192.0.2.80']),
  'wrong.test': zone('wrong.test', ['www A 192.0.2.66']),
  'broken.test': zone('broken.test', []),
  'bare.test': zoneFile('bare.test', [...ns, '@ MX 10 mail', 'mail A 192.0.2.25']),
  'hostile.test': zoneFile('hostile.test', [
    ...ns,
    '@ MX 10 mail',
    'mail A 192.0.2.25',
    '@ TXT "v=spf1 ip4:192.0.2.25 -all \\027]0;owned\\007\\027[2J"',
    '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@hostile.test"',
  ]),
}

/** Servers of domains that are right, wrong, broken, bare of mail records, hostile, and of one that nobody answers for. */
export function startDomains(): Promise<World> {
  return startWorld({
    parent: [
      ...Object.keys(zones).flatMap((name) => delegated(name.slice(0, -'.test'.length))),
      'dead NS ns1.dead',
      `ns1.dead A ${at.nobody}`,
    ],
    primary: zones,
    secondary: zones,
  })
}

function delegated(name: string): string[] {
  return [
    `${name} NS ns1.${name}`,
    `${name} NS ns2.${name}`,
    `ns1.${name} A ${at.primary}`,
    `ns2.${name} A ${at.secondary}`,
  ]
}

/** The environment in which a command asks these servers and no others. */
export function dnsOf({port}: Pick<World, 'port'>): Record<string, string> {
  return {PM_DNS_SERVERS: `${at.resolver}:${port}`, PM_DNS_PORT: String(port)}
}

export const www: ExpectedRecord = {record_type: 'A', name: 'www', value: '192.0.2.80', ttl: 300}
export const shop: ExpectedRecord = {record_type: 'A', name: 'shop', value: '192.0.2.81', ttl: 300}
export const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all', ttl: 3600}

/** Stores a domain of Acme with these records, of which nothing is known yet. */
export async function storeDomain(
  database: TestDatabase,
  domain: string,
  records: readonly ExpectedRecord[],
): Promise<void> {
  await ask(
    database,
    `insert into domains (tenant_id, domain, verification_status, dns_records)
     select tenant_id, '${domain}', 'pending', '${JSON.stringify({records})}' from domains where domain = 'acme.example'`,
  )
}
