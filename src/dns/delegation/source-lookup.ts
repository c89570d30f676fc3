import type {Absent, Answer, Failed, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import {queryName} from '../wire/query-name.ts'
import {isWithin} from '../zone-names.ts'
import {traceDelegation} from './trace.ts'
import {openZone, type Zone} from './zone.ts'

/**
 * Asks the zone's own servers for what is in the zone, the first that can say, and resolvers for everything else. Of a zone
 * that none of its servers answers for nothing can be learned, and nobody is asked.
 */
export function sourceLookup(dns: Dns, zone: Zone): Lookup {
  return async (name, type) => {
    if (!isWithin(queryName(name) ?? '', zone.name)) return dns.lookup(name, type)
    return (await askAuthorities(zone, name, type)) ?? nobody
  }
}

const nobody: Failed = {
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'none of the name servers of the zone answers for it',
  server: null,
  transport: 'udp',
  ms: 0,
}

/** Finds the servers of each name by itself: for the names below a zone that were given to other servers. */
export function delegatedLookup(dns: Dns): Lookup {
  const zones = new Map<string, Promise<Zone | Absent | undefined>>()
  const cached = withoutProof(dns.lookup)
  return async (name, type) => {
    const zone = zones.get(name) ?? zoneOf(dns, name)
    zones.set(name, zone)
    const found = await zone
    if (found && 'outcome' in found) return found
    return (found && (await askAuthorities(found, name, type))) ?? cached(name, type)
  }
}

/** The zone of a name, or proof that there is no such name; undefined where it cannot be found out. */
async function zoneOf(dns: Dns, name: string): Promise<Zone | Absent | undefined> {
  const delegation = await traceDelegation(dns, name)
  if (delegation.outcome === 'nonexistent') return delegation.answer
  return delegation.outcome === 'delegated' ? openZone(dns, delegation, delegatedLookup(dns)) : undefined
}

async function askAuthorities<Type extends RecordType>(
  {authorities}: Zone,
  name: string,
  type: Type,
): Promise<Answer<Type> | undefined> {
  let failed: Answer<Type> | undefined
  for (const {lookup} of authorities) {
    const answer = await lookup(name, type)
    if (answer.outcome !== 'failed') return answer
    failed ??= answer
  }
  return failed
}
