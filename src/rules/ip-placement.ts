import {ipVersion} from './ip-address.ts'
import type {IpStatus, Reputation} from './ip-lifecycle.ts'

/** A sending IP that could take domains over. */
export interface Host {
  id: string
  ip: string
  region: string | null
  status: IpStatus
  reputation: Reputation | null
  /** How many domains it carries now. */
  load: number
}

/** A domain that needs another IP. */
export interface Passenger {
  domain: string
  /** The region it sends from now; staying there is preferred. */
  region: string | null
  /** The IP it sends by now; not every receiver takes mail from both versions of IP. */
  from: string
}

/** Where a domain goes, and which campaigns are sending through it now. */
export interface Move {
  domain: string
  tenant: string | null
  from: string
  /** Null: it is left without an IP. */
  to: string | null
  sending: string[]
}

export interface Placement<P extends Passenger, H extends Host = Host> {
  placed: {passenger: P; host: H}[]
  unplaced: P[]
}

// In the order an operator would choose: a warmed IP can take the load at once, a warming one only slowly.
const statusRank: Partial<Record<IpStatus, number>> = {warmed: 0, warming: 1}
const reputationRank: Partial<Record<Reputation, number>> = {good: 0, fair: 1}

/** Whether an IP may take over domains of another: warmed or warming, and of good or fair reputation. */
export function isHealthy({status, reputation}: Pick<Host, 'status' | 'reputation'>): boolean {
  return Object.hasOwn(statusRank, status) && reputation !== null && Object.hasOwn(reputationRank, reputation)
}

/** A host with the domains that it carries by now. */
interface Open<H extends Host> {
  host: H
  load: number
}

/** The healthy among some IPs, with the room that is left on each as domains are placed. */
export class Room<H extends Host> {
  readonly #open: Open<H>[]
  readonly #maxPerIp: number
  /** The hosts by how much they are preferred, the best first, for all domains of a region and version of IP. */
  readonly #tiers = new Map<string, Open<H>[][]>()

  constructor(hosts: readonly H[], maxPerIp: number) {
    // Of equal ones the first is taken.
    const byAddress = hosts.filter(isHealthy).toSorted((one, other) => (one.ip < other.ip ? -1 : 1))
    this.#open = byAddress.map((host) => ({host, load: host.load}))
    this.#maxPerIp = maxPerIp
  }

  /**
   * Gives each domain a healthy IP: of the same version of IP first, then warmed before warming, good before fair, the
   * same region first, the least loaded first, and never more than `maxPerIp` domains on one. Deterministic: equal hosts
   * are taken by address.
   */
  place<P extends Passenger>(passengers: readonly P[]): Placement<P, H> {
    const placement: Placement<P, H> = {placed: [], unplaced: []}
    for (const passenger of passengers) {
      const best = this.#bestFor(passenger)
      if (best) {
        best.load += 1
        placement.placed.push({passenger, host: best.host})
      } else {
        placement.unplaced.push(passenger)
      }
    }
    return placement
  }

  /** Takes back what was placed, for others. */
  giveBack({placed}: Pick<Placement<Passenger, H>, 'placed'>): void {
    const back = Map.groupBy(placed, ({host}) => host)
    for (const open of this.#open) open.load -= back.get(open.host)?.length ?? 0
  }

  #bestFor(passenger: Passenger): Open<H> | undefined {
    for (const tier of this.#tiersFor(passenger)) {
      const best = leastLoaded(tier)
      if (best && best.load < this.#maxPerIp) return best
    }
    return undefined
  }

  #tiersFor(passenger: Passenger): Open<H>[][] {
    const kind = `${ipVersion(passenger.from)} ${passenger.region}`
    const known = this.#tiers.get(kind)
    if (known) return known
    const ranked = [...Map.groupBy(this.#open, ({host}) => rankFor(passenger, host))]
    const tiers = ranked.toSorted(([one], [other]) => one - other).map(([, tier]) => tier)
    this.#tiers.set(kind, tiers)
    return tiers
  }
}

function leastLoaded<H extends Host>(tier: readonly Open<H>[]): Open<H> | undefined {
  let least: Open<H> | undefined
  for (const open of tier) if (least === undefined || open.load < least.load) least = open
  return least
}

/** How much a host is preferred, whatever it carries: the less, the more. What comes first outweighs all after it. */
function rankFor({region, from}: Passenger, {ip, status, reputation, region: its}: Host): number {
  const ranks = [
    Number(ipVersion(ip) !== ipVersion(from)),
    statusRank[status] ?? 0,
    reputation === null ? 0 : (reputationRank[reputation] ?? 0),
    Number(its !== region),
  ]
  return ranks.reduce((all, rank) => all * 2 + rank, 0)
}
