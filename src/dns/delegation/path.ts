import type {CheckFinding} from '../check/domain-check.ts'
import type {Dns} from '../dns.ts'
import {domainOf} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
import type {Delegated, Host} from './delegation.ts'
import {badNameFinding, driftFindings, nonexistentFinding, serverFindings, untraceableFinding} from './findings.ts'
import {provenLookup} from './proven-lookup.ts'
import {traceDelegation} from './trace.ts'
import {type Authority, aliasAtApex, isAuthority} from './zone.ts'
import {Zones} from './zones.ts'

/** A zone on the way down to a domain, and the servers it was given to. */
export interface ZoneSeen {
  /** `.` is the root. */
  zone: string
  hosts: readonly Host[]
}

/** A server of the zone that the domain is in, and what it said when it was asked for the zone. */
export interface ServerAsked {
  host: string
  server: string
  authoritative: boolean
  says: string
  ms: number
}

/** How a resolver gets to a domain, what it finds there, and what is wrong with it. */
export interface DelegationPath {
  domain: string
  /** The zone the domain is in; null where that could not be found out, or there is none. */
  zone: string | null
  /** From the nearest zone above the domain that is known. */
  path: readonly ZoneSeen[]
  servers: readonly ServerAsked[]
  findings: readonly CheckFinding[]
}

/** Follows the delegation of a domain from the nearest zone above it, and asks every server at its end. */
export async function followDelegation(dns: Dns, text: string): Promise<DelegationPath> {
  const domain = domainOf(text)
  if (domain === undefined) return nowhere(text, [], badNameFinding(text))
  const path: ZoneSeen[] = []
  const delegation = await traceDelegation(dns, domain, (zone) => path.push(zone))
  switch (delegation.outcome) {
    case 'nonexistent':
      return nowhere(domain, path, await nonexistentFinding(domain, delegation))
    case 'untraceable':
      return nowhere(domain, path, untraceableFinding(domain, delegation))
    default:
      return {domain, ...(await theEnd(dns, path, delegation))}
  }
}

function nowhere(domain: string, path: readonly ZoneSeen[], finding: Finding): DelegationPath {
  return {domain, zone: null, path, servers: [], findings: [{...finding, cause_of: [], section: 'delegation'}]}
}

async function theEnd(
  dns: Dns,
  path: readonly ZoneSeen[],
  delegation: Delegated,
): Promise<Omit<DelegationPath, 'domain'>> {
  const zone = await new Zones(dns, provenLookup(dns)).open(delegation)
  const last = path.at(-1)?.zone === zone.name ? [] : [{zone: zone.name, hosts: delegation.hosts}]
  return {
    zone: zone.name,
    path: [...path, ...last],
    servers: zone.servers.map(asked),
    findings: [
      ...serverFindings(zone).map((finding) => ({...finding, cause_of: [], section: 'delegation' as const})),
      ...driftFindings(zone).map((finding) => ({...finding, section: 'zone' as const})),
    ],
  }
}

function asked(server: Authority): ServerAsked {
  const {host, label, soa} = server
  return {host, server: label, authoritative: isAuthority(server), says: saysOf(server), ms: soa.ms}
}

function saysOf(server: Authority): string {
  const {soa} = server
  const alias = aliasAtApex(server)
  if (alias !== undefined) return `CNAME ${alias}`
  if (soa.outcome === 'failed') return soa.detail
  if (soa.outcome === 'absent') return soa.rcode
  return `serial ${soa.records[0]?.data.serial ?? 'unknown'}`
}
