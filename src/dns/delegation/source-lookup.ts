import type {Failed, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {firstToSay} from '../resolve/first-to-say.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import {queryName} from '../wire/query-name.ts'
import {isWithin, namesAbove} from '../zone-names.ts'
import {traceDelegation} from './trace.ts'
import {openZone, type Zone} from './zone.ts'

/**
 * Asks the zone's own servers for what is in the zone, the first that can say, and others for everything else. Of a zone
 * that none of its servers answers for nothing can be learned, and nobody is asked. Each question is put once.
 */
export function sourceLookup(zone: Zone, others: Lookup): Lookup {
  const own = authoritiesOr(nobody, zone)
  return askedOnce((name, type) => (isOf(zone.name, queryName(name) ?? '', type) ? own : others)(name, type))
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
 * Asks resolvers, which have what was published; but that there is nothing counts only where the authorities of the name
 * say so too: a resolver may be cut off from the world, or remember old times.
 */
export function provenLookup(dns: Dns): Lookup {
  const source = delegatedLookup(dns, withoutProof(dns.lookup))
  return async (name, type) => {
    const answer = await dns.lookup(name, type)
    if (answer.outcome !== 'absent') return answer
    const proof = await source(answer.aliases.at(-1)?.data ?? name, type)
    return proof.outcome === 'failed' ? proof : {...proof, aliases: [...answer.aliases, ...proof.aliases]}
  }
}

/**
 * Finds the servers of each name by itself: for the names below a zone that were given to other servers. Those of a DS
 * are the servers of the zone above.
 * @param beyond for where aliases lead out of the zone of a name
 */
export function delegatedLookup(dns: Dns, beyond: Lookup): Lookup {
  const lookups = new Map<string, Promise<Lookup>>()
  return async (name, type) => {
    const owner = type === 'DS' ? (namesAbove(name)[0] ?? name) : name
    const lookup = lookups.get(owner) ?? lookupFor(dns, owner, beyond)
    lookups.set(owner, lookup)
    return (await lookup)(name, type)
  }
}

/** Whom to ask about a name; resolvers where its servers cannot be found, or none of them answers. */
async function lookupFor(dns: Dns, name: string, beyond: Lookup): Promise<Lookup> {
  const delegation = await traceDelegation(dns, name)
  if (delegation.outcome === 'nonexistent') return async () => delegation.answer
  const caches = withoutProof(dns.lookup)
  if (delegation.outcome === 'untraceable') return caches
  const zone = await openZone(dns, delegation, {below: delegatedLookup(dns, beyond), beyond})
  return authoritiesOr(caches, zone)
}

function authoritiesOr(other: Lookup, {authorities}: Zone): Lookup {
  const [first = other, ...others] = authorities.map(({lookup}) => lookup)
  return firstToSay(first, ...others)
}
