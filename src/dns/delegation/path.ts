import type {Failed} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {queryName} from '../wire/query-name.ts'
import type {Host} from './delegation.ts'
import {delegatedLookup, provenLookup} from './source-lookup.ts'
import {traceDelegation} from './trace.ts'
import {isAuthority, openZone} from './zone.ts'

/** A zone on the way down to a domain, and the servers it was given to. */
interface ZoneSeen {
  zone: string
  hosts: readonly Host[]
}

/** How a resolver gets to a domain, and what it finds there. */
export interface DelegationPath {
  domain: string
  zones: readonly ZoneSeen[]
  outcome: 'delegated' | 'nonexistent' | 'untraceable' | 'no name'
  failure: Failed | null
  /** The servers of the zone the domain is in. */
  servers: readonly {host: string; server: string; authoritative: boolean; says: string; ms: number}[]
}

/** Follows the delegation of a domain from the nearest zone above it, and asks every server at its end. */
export async function followDelegation(dns: Dns, text: string): Promise<DelegationPath> {
  const domain = queryName(text)
  const none = {domain: domain ?? text, failure: null, servers: []}
  if (domain === undefined) return {...none, zones: [], outcome: 'no name'}
  const zones: ZoneSeen[] = []
  const delegation = await traceDelegation(dns, domain, (zone) => zones.push(zone))
  const {outcome} = delegation
  if (outcome === 'untraceable') return {...none, zones, outcome, failure: delegation.failure}
  if (outcome === 'nonexistent') return {...none, zones, outcome}
  const proven = {...dns, lookup: provenLookup(dns)}
  const others = {below: delegatedLookup(dns, proven.lookup), beyond: proven.lookup}
  const zone = await openZone(proven, delegation, others)
  const end = zones.at(-1)?.zone === delegation.zone ? [] : [{zone: delegation.zone, hosts: delegation.hosts}]
  const servers = zone.servers.map((server) => ({
    host: server.host,
    server: server.label,
    authoritative: isAuthority(server),
    says: saysOf(server.soa),
    ms: server.soa.ms,
  }))
  return {...none, zones: [...zones, ...end], outcome, servers}
}

function saysOf(soa: Awaited<ReturnType<typeof openZone>>['servers'][number]['soa']): string {
  if (soa.outcome === 'failed') return soa.detail
  if (soa.outcome === 'absent') return soa.rcode
  return `serial ${soa.records[0]?.data.serial ?? 'unknown'}`
}
