import type {Answer, Lookup, RecordType} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {firstToSay} from '../resolve/first-to-say.ts'
import {keptLookup} from '../resolve/kept-lookup.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import type {DnsClient} from '../wire/client.ts'
import {delegatedLookup} from './source-lookup.ts'
import {openToKeep} from './zones.ts'

/**
 * Asks resolvers, which have what was published; but that there is nothing counts only where the authorities of the name
 * say so too: a resolver may be cut off from the world, or remember old times. One for a run: domains have zones and hosts
 * in common.
 */
export function provenLookup(dns: Dns): Lookup {
  const lookup = lookups.get(dns.client) ?? keptLookup(proving(dns))
  lookups.set(dns.client, lookup)
  return lookup
}

const lookups = new WeakMap<DnsClient, Lookup>()

function proving(dns: Dns): Lookup {
  const source = delegatedLookup(dns, openToKeep(dns, withoutProof(dns.lookup)))
  const proven: Lookup = (name, type) => prove(dns.lookup, source, name, type)
  // Only the zone above has a DS, and its servers are known already: they said which servers the zone has.
  const above = firstToSay(source, proven)
  return (name, type) => (type === 'DS' ? above : proven)(name, type)
}

async function prove<Type extends RecordType>(
  caches: Lookup,
  source: Lookup,
  name: string,
  type: Type,
): Promise<Answer<Type>> {
  const answer = await caches(name, type)
  if (answer.outcome !== 'absent') return answer
  const proof = await source(answer.aliases.at(-1)?.data ?? name, type)
  return proof.outcome === 'failed' ? proof : {...proof, aliases: [...answer.aliases, ...proof.aliases]}
}
