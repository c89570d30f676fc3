import type {Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {firstToSay} from '../resolve/first-to-say.ts'
import {withoutProof} from '../resolve/without-proof.ts'
import {namesUpFrom} from '../zone-names.ts'
import type {Delegated} from './delegation.ts'
import {traceDelegation} from './trace.ts'
import {openZone, type Zone} from './zone.ts'

/** Asks the servers of a zone whether they know it. */
export type OpenZone = (delegation: Delegated) => Promise<Zone>

/**
 * The zones that are come to on one way. Each is opened once, and each question put once to each of its servers: so it
 * comes to an end however deep their servers refer.
 */
export class Zones {
  readonly #dns: Dns
  readonly #beyond: Lookup
  readonly #begun = new Map<string, Promise<Zone>>()
  readonly #opened = new Map<string, Zone>()

  /** @param beyond for the addresses of name servers, and for where aliases lead out of a zone */
  constructor(dns: Dns, beyond: Lookup) {
    this.#dns = dns
    this.#beyond = beyond
  }

  get opened(): readonly Zone[] {
    return [...this.#opened.values()]
  }

  /** The zone that a name is in, as far as is known: the nearest above it that is open. */
  zoneOf(name: string): Zone | undefined {
    return namesUpFrom(name).flatMap((above) => this.#opened.get(above) ?? [])[0]
  }

  /** Opens a zone, and later those below it that its servers refer to. */
  readonly open: OpenZone = (delegation) => {
    const zone = this.#begun.get(delegation.zone) ?? this.#open(delegation)
    this.#begun.set(delegation.zone, zone)
    return zone
  }

  /** Asks the servers that a zone was given to, and resolvers where none of those answers for it. */
  readonly below = (delegation: Delegated): Lookup => {
    return async (name, type) => authoritiesOr(withoutProof(this.#dns.lookup), await this.open(delegation))(name, type)
  }

  /** Finds the zone of each name by itself, that of a name that does not exist too. */
  readonly anywhere: Lookup = async (name, type) => {
    const delegation = await traceDelegation(this.#dns, name)
    if (delegation.outcome === 'untraceable') return withoutProof(this.#dns.lookup)(name, type)
    if (delegation.outcome === 'delegated') return this.below(delegation)(name, type)
    const {parent: zone, hosts} = delegation
    return this.below({outcome: 'delegated', zone, parent: null, hosts})(name, type)
  }

  async #open(delegation: Delegated): Promise<Zone> {
    const beyond = this.#beyond
    const zone = await openZone({...this.#dns, lookup: beyond}, delegation, {below: this.below, beyond})
    const authorities = zone.authorities.map((authority) => ({...authority, lookup: askedOnce(authority.lookup)}))
    const opened = {...zone, authorities}
    this.#opened.set(zone.name, opened)
    return opened
  }
}

/** Opens zones to be kept for longer than what their servers say: what is below them is found anew for each question. */
export function openToKeep(dns: Dns, beyond: Lookup): OpenZone {
  const below = (delegation: Delegated) => new Zones(dns, beyond).below(delegation)
  return (delegation) => openZone(dns, delegation, {below, beyond})
}

/** Asks the authorities of a zone, the first that can say; another where there is none. */
export function authoritiesOr(other: Lookup, {authorities}: Zone): Lookup {
  const [first = other, ...others] = authorities.map(({lookup}) => lookup)
  return firstToSay(first, ...others)
}
