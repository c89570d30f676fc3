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

/**
 * Gives each domain a healthy IP: of the same version of IP first, then warmed before warming, good before fair, the same region first, the least loaded
 * first, and never more than `maxPerIp` domains on one. Deterministic: equal hosts are taken by address.
 */
export function placeDomains<P extends Passenger, H extends Host>(
  passengers: readonly P[],
  hosts: readonly H[],
  maxPerIp: number,
): Placement<P, H> {
  return new Room(hosts, maxPerIp).place(passengers)
}

/** The healthy among some IPs, with the room that is left on each as domains are placed. */
export class Room<H extends Host> {
  readonly #open: {host: H; load: number}[]
  readonly #maxPerIp: number

  constructor(hosts: readonly H[], maxPerIp: number) {
    this.#open = hosts.filter(isHealthy).map((host) => ({host, load: host.load}))
    this.#maxPerIp = maxPerIp
  }

  /** Places domains by the rules of `placeDomains`. */
  place<P extends Passenger>(passengers: readonly P[]): Placement<P, H> {
    const placement: Placement<P, H> = {placed: [], unplaced: []}
    for (const passenger of passengers) {
      const best = firstBy(
        byPreference(passenger),
        this.#open.filter(({load}) => load < this.#maxPerIp),
      )
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
}

type Candidate = {host: Host; load: number}

function firstBy<T>(compare: (one: T, other: T) => number, things: readonly T[]): T | undefined {
  return things.reduce<T | undefined>(
    (first, thing) => (first && compare(first, thing) <= 0 ? first : thing),
    undefined,
  )
}

function byPreference({region, from}: Passenger): (one: Candidate, other: Candidate) => number {
  const rank = ({host, load}: Candidate) => [
    Number(ipVersion(host.ip) !== ipVersion(from)),
    statusRank[host.status] ?? 0,
    host.reputation === null ? 0 : (reputationRank[host.reputation] ?? 0),
    Number(host.region !== region),
    load,
  ]
  return (one, other) => {
    const ranks = rank(one)
    const others = rank(other)
    const differing = ranks.findIndex((value, index) => value !== others[index])
    if (differing === -1) return one.host.ip < other.host.ip ? -1 : 1
    return (ranks[differing] ?? 0) - (others[differing] ?? 0)
  }
}
