import type {Answer, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {queryName} from '../wire/query-name.ts'
import {isWithin} from '../zone-names.ts'
import {traceDelegation} from './trace.ts'
import {openZone, type Zone} from './zone.ts'

/** Asks the zone's own servers for what is in the zone, the first that can say, and resolvers for everything else. */
export function sourceLookup(dns: Dns, zone: Zone): Lookup {
  return async (name, type) => {
    if (!isWithin(queryName(name) ?? '', zone.name)) return dns.lookup(name, type)
    return (await askAuthorities(zone, name, type)) ?? dns.lookup(name, type)
  }
}

/** Finds the servers of each name by itself: for the names below a zone that were given to other servers. */
export function delegatedLookup(dns: Dns): Lookup {
  const zones = new Map<string, Promise<Zone | undefined>>()
  return async (name, type) => {
    const zone = zones.get(name) ?? zoneOf(dns, name)
    zones.set(name, zone)
    const found = await zone
    return (found && (await askAuthorities(found, name, type))) ?? dns.lookup(name, type)
  }
}

async function zoneOf(dns: Dns, name: string): Promise<Zone | undefined> {
  const delegation = await traceDelegation(dns, name)
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
