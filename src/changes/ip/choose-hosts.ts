import type {Reader} from '../../db/transaction.ts'
import {listOtherAssignments} from '../../queries/domain/live-assignments.ts'
import type {Assignment} from '../../queries/ip/assignments.ts'
import {getIp, type PooledIp} from '../../queries/ip/find.ts'
import {listHosts, type PooledHost} from '../../queries/ip/hosts.ts'
import {Conflict, UsageError} from '../../rules/errors.ts'
import {isHealthy, type Passenger, Room} from '../../rules/ip-placement.ts'
import {counted} from '../wording.ts'

/** How the domains of leaving IPs are to be placed. */
export interface HostChoice {
  /** The IP that takes all domains over; without it each domain gets the healthiest. */
  to?: string | undefined
  maxPerIp: number
  /** False leaves the domains without an IP: they stop sending. */
  reassign: boolean
  /** The id of a VPS whose IPs take none over, because it is about to go. */
  avoidVps?: string
}

/** A domain's assignment and the IP that takes the domain over. */
export interface Seat {
  assignment: Assignment
  host: PooledHost
}

/** Where domains go when their IPs leave. */
export interface Seating {
  seats: readonly Seat[]
  /** The address that a domain sends by from then on, by the domain's id; none where it stops. */
  homes: ReadonlyMap<string, string>
}

/**
 * Finds every domain another IP. One that also sends by an IP that stays needs none.
 * @throws UsageError when `to` is one of the leaving; NotFound when it is not in the pool; Conflict listing the domains
 * that find no room, or saying why `to` cannot take them.
 */
export async function chooseHosts(
  db: Reader,
  leaving: readonly PooledIp[],
  assignments: readonly Assignment[],
  choice: HostChoice,
): Promise<Seating> {
  const {room, homes} = await lookForRoom(db, leaving, assignments, choice)
  const homeless = distinctDomains(assignments).filter(({domain_id}) => !homes.has(domain_id ?? ''))
  if (!choice.reassign) return {seats: [], homes}
  const {placed, unplaced} = room.place(passengers(homeless, leaving))
  const left = unplaced.map(({domain}) => domain)
  if (left.length > 0) throw noRoom(left, choice)
  for (const {passenger, host} of placed) homes.set(passenger.assignment.domain_id ?? '', host.ip)
  return {seats: placed.map(seatOf), homes}
}

/**
 * The room for the domains of IPs that leave, none of which takes one over, and where those are at home that also send by
 * an IP that stays.
 * @throws what `chooseHosts` throws of `to`
 */
export async function lookForRoom(
  db: Reader,
  leaving: readonly PooledIp[],
  assignments: readonly Assignment[],
  {to, reassign, avoidVps, maxPerIp}: HostChoice,
): Promise<{room: Room<PooledHost>; homes: Map<string, string>}> {
  if (leaving.some(({ip}) => ip === to)) throw new UsageError(`${to} cannot take over its own domains.`)
  const named = to === undefined ? undefined : await namedHost(db, to)
  const gone = new Set(leaving.map(({id}) => id))
  const hosts = named ? [named] : reassign && assignments.length > 0 ? await listHosts(db, avoidVps) : []
  const room = new Room(
    hosts.filter(({id}) => !gone.has(id)),
    maxPerIp,
  )
  return {room, homes: await homesThatStay(db, [...gone], assignments)}
}

async function homesThatStay(
  db: Reader,
  leaving: readonly string[],
  assignments: readonly Assignment[],
): Promise<Map<string, string>> {
  const domains = assignments.flatMap(({domain_id: id}) => id ?? [])
  const others = await listOtherAssignments(db, domains, leaving)
  return new Map(others.map(({domain_id, ip}) => [domain_id ?? '', ip]))
}

/** Each domain once: nothing in the tables keeps one from sending by two of the leaving. */
export function distinctDomains(assignments: readonly Assignment[]): Assignment[] {
  return [...new Map(assignments.map((assignment) => [assignment.domain_id, assignment])).values()]
}

/** A domain as it looks for a place. */
export interface Homeless extends Passenger {
  assignment: Assignment
}

/** Domains as they look for a place, given the IPs that they leave. */
export function passengers(assignments: readonly Assignment[], leaving: readonly PooledIp[]): Homeless[] {
  const from = new Map(leaving.map((ip) => [ip.id, ip]))
  return assignments.map((assignment) => {
    const {region, ip} = from.get(assignment.ip_id ?? '') ?? {region: null, ip: ''}
    return {assignment, domain: assignment.domain, region, from: ip}
  })
}

export function seatOf({passenger, host}: {passenger: Homeless; host: PooledHost}): Seat {
  return {assignment: passenger.assignment, host}
}

async function namedHost(db: Reader, address: string): Promise<PooledHost> {
  const {status, domains, ...ip} = await getIp(db, address)
  const host = status && {...ip, status, load: domains}
  if (host && isHealthy(host) && ip.listed_on.length === 0) return host
  const state = [status, ip.reputation, ...ip.listed_on.map((list) => `listed on ${list}`)].filter(
    (word) => word !== null,
  )
  throw new Conflict(`${address} cannot take domains over: it is ${state.join(', ')}.`, {
    hint: 'It must be warmed or warming, good or fair, and on no blocklist. See: pm ip list --status warmed',
    details: {ip: address, status, reputation: ip.reputation, listed_on: ip.listed_on},
  })
}

function noRoom(domains: readonly string[], {maxPerIp, avoidVps}: HostChoice): Conflict {
  const otherwise =
    avoidVps === undefined
      ? 'name an IP with --to, or let them stop sending with --no-reassign'
      : 'or add an IP elsewhere: pm ip add'
  return new Conflict(`No healthy IP has room for ${counted(domains.length, 'domain')}: ${domains.join(', ')}.`, {
    hint: `Raise --max-per-ip (now ${maxPerIp}), ${otherwise}.`,
    details: {unplaced: domains, max_per_ip: maxPerIp},
  })
}
