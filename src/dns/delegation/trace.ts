import type {Answer, Failed, Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {hedge} from '../hedge.ts'
import {Kept} from '../kept.ts'
import {readReply} from '../resolve/read-reply.ts'
import type {Reply} from '../wire/reply.ts'
import {nameAbove, namesUpFrom} from '../zone-names.ts'
import {askServers} from './ask-servers.ts'
import type {Delegation, Host, Untraceable, ZoneHosts} from './delegation.ts'
import {glueOf} from './referral.ts'

/**
 * Finds the zone of a domain as a resolver does: from the nearest zone above it, whose servers are asked without
 * recursion, down the referrals. So it works for a domain whose own servers are all broken.
 * @param domain as `queryName` gives it
 * @param onZone told of each zone whose servers are asked on the way
 */
export async function traceDelegation(
  dns: Dns,
  domain: string,
  onZone: (zone: ZoneHosts) => void = () => {},
): Promise<Delegation> {
  const start = await nearestZoneAbove(dns, domain)
  if (start.outcome === 'untraceable') return start
  let {zone, hosts} = start
  for (let referrals = 0; referrals <= mostReferrals; referrals += 1) {
    onZone({zone, hosts})
    const said = await askServers(dns, {zone, hosts}, domain)
    if (said.outcome === 'failed') return {outcome: 'untraceable', parent: zone, failure: said}
    if (said.outcome === 'reply') return readAuthority(said, {zone, hosts, domain})
    if (said.zone === domain) return said
    zone = said.zone
    hosts = said.hosts
  }
  return {outcome: 'untraceable', parent: zone, failure: tooDeep}
}

/** More than any honest name has zones above it, of IPv6 too; each may take as long as a silent server takes. */
const mostReferrals = 16

const tooDeep: Failed = {
  outcome: 'failed',
  reason: 'lame',
  detail: `more than ${mostReferrals} zones, one below the other, each sent us on to the next`,
  server: null,
  transport: 'udp',
  ms: 0,
}

type Start = ({outcome: 'found'} & ZoneHosts) | Untraceable

/** One for a run: domains have the zones above them in common. */
function nearestZoneAbove({lookup}: Dns, domain: string): Promise<Start> {
  const kept = starts.get(lookup) ?? new Kept<Start>(({outcome}) => outcome === 'found')
  starts.set(lookup, kept)
  const above = nameAbove(domain)
  return kept.get(above) ?? kept.keep(above, nearestZone(lookup, above))
}

const starts = new WeakMap<Lookup, Kept<Start>>()

async function nearestZone(lookup: Lookup, name: string): Promise<Start> {
  const ways = namesUpFrom(name).map((zone) => async () => ({zone, answer: await lookup(zone, 'NS')}))
  const hedged = await hedge(ways, ({answer}) => hostsIn(answer).length > 0)
  if ('good' in hedged) return {outcome: 'found', zone: hedged.good.zone, hosts: hostsIn(hedged.good.answer)}
  const failure = hedged.bad.map(({answer}) => answer).find((answer) => answer.outcome === 'failed')
  return {outcome: 'untraceable', parent: null, failure: failure ?? noRoot}
}

/** The name servers of a zone, where the name is one. */
function hostsIn(answer: Answer<'NS'>): Host[] {
  if (answer.outcome !== 'found' || answer.aliases.length > 0) return []
  return answer.records.map(({data}) => ({name: data, glue: []}))
}

const noRoot: Failed = {
  outcome: 'failed',
  reason: 'malformed',
  detail: 'the resolver knows no zone above it, not even the root',
  server: null,
  transport: 'udp',
  ms: 0,
}

/** What an authority that refers nowhere says: the domain is not there, is a zone it has too, or is a name in its zone. */
function readAuthority(reply: Reply, {zone, hosts, domain}: ZoneHosts & {domain: string}): Delegation {
  const answer = readReply(reply, domain, 'NS')
  if (answer.outcome === 'failed') return {outcome: 'untraceable', parent: zone, failure: answer}
  if (answer.outcome === 'absent' && answer.rcode === 'NXDOMAIN' && answer.aliases.length === 0) {
    return {outcome: 'nonexistent', parent: zone, hosts, answer}
  }
  if (answer.outcome !== 'found' || answer.aliases.length > 0) {
    return {outcome: 'delegated', zone, parent: null, hosts}
  }
  const own = answer.records.map(({data}) => ({name: data, glue: glueOf(reply.response, data)}))
  return {outcome: 'delegated', zone: domain, parent: zone, hosts: own}
}
