import {readReply} from '../resolve/read-reply.ts'
import type {DnsClient} from '../wire/client.ts'
import type {ServerAddress} from '../wire/server-address.ts'
import {isWithin} from '../zone-names.ts'
import type {Host} from './delegation.ts'
import {glueOf} from './referral.ts'

/**
 * The name servers of a zone as the zone itself lists them, and the addresses of those in it, as far as they come along.
 * Null where the server does not say.
 */
export function ownHosts(client: DnsClient, server: ServerAddress, zone: string): Promise<Host[] | null> {
  return client.askFor<Host[] | null>(server, {name: zone, type: 'NS', recursion: false}, (reply) => {
    const answer = readReply(reply, zone, 'NS', zone)
    if (reply.outcome === 'failed' || answer.outcome !== 'found' || !answer.authoritative) return null
    return answer.records.map(({data: name}) => {
      return {name, glue: isWithin(name, zone) ? glueOf(reply.response, name) : []}
    })
  })
}

/** A name server, and its addresses as the zone above and the zone itself have them. */
export interface Misled {
  host: string
  above: readonly string[]
  itself: readonly string[]
}

/**
 * The name servers to which the zone above leads by an address that the zone itself does not have. Only its addresses of
 * the same family prove that: others may just not have come along.
 */
export function misledHosts(above: readonly Host[], itself: readonly Host[]): Misled[] {
  return itself.flatMap(({name: host, glue: own}) => {
    const glue = own.length > 0 ? (above.find(({name}) => name === host)?.glue ?? []) : []
    const isStray = (address: string) =>
      !own.includes(address) && own.some((other) => isIPv6(other) === isIPv6(address))
    return glue.some(isStray) ? [{host, above: glue, itself: own}] : []
  })
}

/** Name servers at the addresses that only the zone itself has, where such can be reached from here. */
export function hostsAtOwn(misled: readonly Misled[], ipv6: boolean): Host[] {
  return misled.flatMap(({host: name, above, itself}) => {
    const glue = itself.filter((address) => !above.includes(address) && (ipv6 || !isIPv6(address)))
    return glue.length > 0 ? [{name, glue}] : []
  })
}

function isIPv6(address: string): boolean {
  return address.includes(':')
}
