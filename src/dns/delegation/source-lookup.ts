import type {Failed, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {Kept} from '../kept.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import {queryName} from '../wire/query-name.ts'
import {isWithin, nameAbove} from '../zone-names.ts'
import {traceDelegation} from './trace.ts'
import type {Zone} from './zone.ts'
import {authoritiesOr, type OpenZone} from './zones.ts'

/**
 * Asks the zone's own servers for what is in the zone, the first that can say, and others for everything else. Of a zone
 * that none of its servers answers for nothing can be learned, and nobody is asked. Each question to others is put once.
 */
export function sourceLookup(zone: Zone, others: Lookup): Lookup {
  const own = authoritiesOr(nobody, zone)
  const beyond = askedOnce(others)
  return (name, type) => (isOf(zone.name, queryName(name) ?? '', type) ? own : beyond)(name, type)
}

/** A DS is about a zone and in the one above it, which resolvers ask (RFC 4035 §3.1.4.1). */
function isOf(zone: string, name: string, type: RecordType): boolean {
  return isWithin(name, zone) && !(type === 'DS' && name === zone)
}

const nowhere: Failed = {
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'none of the name servers of the zone answers for it',
  server: null,
  transport: 'udp',
  ms: 0,
}
const nobody: Lookup = async () => nowhere

/**
 * Finds the servers of each name by itself, and goes on with them as long as they answer for it. Those of a DS are the
 * servers of the zone above.
 */
export function delegatedLookup(dns: Dns, open: OpenZone): Lookup {
  const sources = new Kept<Source>(({isSure}) => isSure)
  return async (name, type) => {
    const owner = type === 'DS' ? nameAbove(name) : name
    const {lookup} = await (sources.get(owner) ?? sources.keep(owner, sourceOf(dns, owner, open)))
    return lookup(name, type)
  }
}

/** Whom to ask about a name. */
interface Source {
  lookup: Lookup
  /** Whether those are servers that answer for it. */
  isSure: boolean
}

/** Resolvers where the servers of the name cannot be found, or none of them answers. */
async function sourceOf(dns: Dns, name: string, open: OpenZone): Promise<Source> {
  const delegation = await traceDelegation(dns, name)
  if (delegation.outcome === 'nonexistent') return {lookup: async () => delegation.answer, isSure: true}
  const caches = withoutProof(dns.lookup)
  if (delegation.outcome === 'untraceable') return {lookup: caches, isSure: false}
  const zone = await open(delegation)
  return {lookup: authoritiesOr(caches, zone), isSure: zone.authorities.length > 0}
}
