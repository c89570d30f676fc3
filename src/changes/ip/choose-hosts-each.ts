import type {Reader} from '../../db/transaction.ts'
import type {Assignment} from '../../queries/ip/assignments.ts'
import type {PooledIp} from '../../queries/ip/find.ts'
import {
  distinctDomains,
  type HostChoice,
  lookForRoom,
  passengers,
  type Seat,
  type Seating,
  seatOf,
} from './choose-hosts.ts'

/** An IP that can leave, with its assignments and where its domains go. */
interface Departure {
  ip: PooledIp
  assignments: readonly Assignment[]
  seats: readonly Seat[]
}

/** An IP that cannot leave. */
export interface Crowded {
  ip: PooledIp
  /** How many of its domains find no place. */
  unplaced: number
}

interface EachSeating extends Pick<Seating, 'homes'> {
  departures: readonly Departure[]
  crowded: readonly Crowded[]
}

/**
 * Finds places for the domains of IPs that leave each on its own, for those of the first IP first: for all of an IP's or
 * none. A domain that sends by several of them is placed with the last of these to leave, since it sends by that one until
 * then.
 * @throws what `chooseHosts` throws of `to`
 */
export async function chooseHostsEach(
  db: Reader,
  leaving: readonly PooledIp[],
  assignments: readonly Assignment[],
  choice: HostChoice,
): Promise<EachSeating> {
  const {room, homes} = await lookForRoom(db, leaving, assignments, choice)
  const carriers = new Carriers(assignments)
  const departures: Departure[] = []
  const crowded: Crowded[] = []
  for (const ip of leaving) {
    const own = carriers.assignmentsOf(ip)
    const homeless = own.filter(({domain_id}) => !homes.has(domain_id ?? '') && carriers.isLast(domain_id))
    const placement = room.place(passengers(choice.reassign ? distinctDomains(homeless) : [], [ip]))
    const {placed, unplaced} = placement
    if (unplaced.length > 0) {
      room.giveBack(placement)
      crowded.push({ip, unplaced: unplaced.length})
      continue
    }
    carriers.leave(ip)
    departures.push({ip, assignments: own, seats: placed.map(seatOf)})
    for (const {passenger, host} of placed) homes.set(passenger.assignment.domain_id ?? '', host.ip)
  }
  for (const {ip} of crowded) for (const {domain_id} of carriers.assignmentsOf(ip)) homes.set(domain_id ?? '', ip.ip)
  return {departures, crowded, homes}
}

/** Which of the leaving IPs domains still send by. */
class Carriers {
  readonly #byIp: ReadonlyMap<string | null, readonly Assignment[]>
  readonly #ipsOf = new Map<string | null, Set<string | null>>()

  constructor(assignments: readonly Assignment[]) {
    this.#byIp = Map.groupBy(assignments, ({ip_id}) => ip_id)
    for (const {domain_id, ip_id} of assignments) {
      const ips = this.#ipsOf.get(domain_id) ?? new Set()
      this.#ipsOf.set(domain_id, ips.add(ip_id))
    }
  }

  assignmentsOf({id}: PooledIp): readonly Assignment[] {
    return this.#byIp.get(id) ?? []
  }

  /** Whether a domain sends by only one of them any more. */
  isLast(domain: string | null): boolean {
    return this.#ipsOf.get(domain)?.size === 1
  }

  leave(ip: PooledIp): void {
    for (const {domain_id} of this.assignmentsOf(ip)) this.#ipsOf.get(domain_id)?.delete(ip.id)
  }
}
