import type {Failed, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {Kept} from '../kept.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {firstToSay} from '../resolve/first-to-say.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import {queryName} from '../wire/query-name.ts'
import {isBelow, isWithin, nameAbove} from '../zone-names.ts'
import {traceDelegation} from './trace.ts'
import {openZone, type Zone} from './zone.ts'

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
 * Finds the servers of each name by itself: for the names below a zone that were given to other servers. Those of a DS
 * are the servers of the zone above.
 * @param beyond for where aliases lead out of the zone of a name
 */
export function delegatedLookup(dns: Dns, beyond: Lookup, {referrer, isWorthKeeping = () => true}: Way = {}): Lookup {
  // Nearly every domain has one of these, and hardly any needs it.
  let sources: Kept<Source> | undefined
  return async (name, type) => {
    sources ??= new Kept<Source>(isWorthKeeping)
    const owner = type === 'DS' ? nameAbove(name) : name
    const {lookup} = await (sources.get(owner) ?? sources.keep(owner, sourceOf(dns, owner, beyond, referrer)))
    return lookup(name, type)
  }
}

interface Way {
  /** The zone whose servers said that the names were given to others: then there must be a zone below it. */
  referrer?: string
  /** Whether to go on with whom was found, or look again the next time. */
  isWorthKeeping?: typeof isSure
}

/** Whom to ask about a name. */
interface Source {
  lookup: Lookup
  /** Whether those are servers that answer for it. */
  isSure: boolean
}

export function isSure(source: Source): boolean {
  return source.isSure
}

/** Resolvers where the servers of the name cannot be found, or none of them answers. */
async function sourceOf(dns: Dns, name: string, beyond: Lookup, referrer: string | undefined): Promise<Source> {
  const delegation = await traceDelegation(dns, name)
  if (delegation.outcome === 'nonexistent') return {lookup: async () => delegation.answer, isSure: true}
  const caches = withoutProof(dns.lookup)
  if (delegation.outcome === 'untraceable') return {lookup: caches, isSure: false}
  if (referrer !== undefined && !isBelow(delegation.zone, referrer))
    return {lookup: async () => roundabout, isSure: false}
  const below = delegatedLookup(dns, beyond, {referrer: delegation.zone})
  const zone = await openZone(dns, delegation, {below, beyond})
  return {lookup: authoritiesOr(caches, zone), isSure: zone.authorities.length > 0}
}

/** As an old server does that knows nothing of DS, and one that means to keep us busy. */
const roundabout: Failed = {
  outcome: 'failed',
  reason: 'lame',
  detail: 'the servers of the zone send us on to others, and there is no zone below it',
  server: null,
  transport: 'udp',
  ms: 0,
}

function authoritiesOr(other: Lookup, {authorities}: Zone): Lookup {
  const [first = other, ...others] = authorities.map(({lookup}) => lookup)
  return firstToSay(first, ...others)
}
