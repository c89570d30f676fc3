import type {Absent, Answer, Failed, Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {type ServerAddress, serverLabel} from '../wire/server-address.ts'
import {addressesOf} from './addresses.ts'
import {type AuthoritySource, authorityLookup} from './authority-lookup.ts'
import type {Delegated, Host} from './delegation.ts'
import {hostsAtOwn, type Misled, misledHosts, ownHosts} from './own-hosts.ts'

/** A name server at one of its addresses, and what it said when it was asked for the SOA of the zone. */
export interface Authority {
  host: string
  server: ServerAddress
  /** What the server is called in evidence. */
  label: string
  soa: Answer<'SOA'>
  lookup: Lookup
}

/** A zone with the servers that shall know it. */
export interface Zone {
  name: string
  parent: string | null
  /** Every server at every address, in the order of the delegation. */
  servers: readonly Authority[]
  /** Those that answer for the zone: only what they say is evidence. */
  authorities: readonly Authority[]
  /** Name servers without an address. */
  lost: readonly {host: string; answer: Absent | Failed}[]
  /** Name servers by names that are aliases. */
  aliased: readonly {host: string; alias: string}[]
  /** Name servers at other addresses than the zone above has. */
  misled: readonly Misled[]
  /** The names of the servers as the zone above has them, and as the zone itself has them; null where unknown. */
  listed: {above: readonly string[]; itself: readonly string[] | null}
}

/** More servers than this are not asked; no honest zone has as many. */
const mostServers = 16

/**
 * Asks every server that a zone was given to whether it knows the zone.
 */
export async function openZone(dns: Dns, {zone: name, parent, hosts}: Delegated, others: Others): Promise<Zone> {
  const ask = {dns, zone: name, ...others}
  const given = await askHosts(ask, hosts)
  const first = given.servers.find(isAuthority)
  const itself = first ? await ownHosts(dns.client, first.server, name) : null
  const misled = misledHosts(hosts, itself ?? [])
  const above = hosts.map((host) => host.name)
  const listed = (itself ?? []).map((host) => host.name)
  const unlisted = listed.filter((host) => !above.includes(host)).map((host) => ({name: host, glue: []}))
  const more = [...unlisted, ...hostsAtOwn(misled, dns.ipv6)]
  // Mostly the zone lists the same servers as the zone above, at the same addresses.
  const own = more.length > 0 ? await askHosts(ask, more) : nobody
  const servers = [...given.servers, ...own.servers]
  return {
    name,
    parent,
    servers,
    authorities: servers.filter(isAuthority),
    lost: [...given.lost, ...own.lost],
    aliased: [...given.aliased, ...own.aliased],
    misled,
    listed: {above, itself: itself && listed},
  }
}

export function isAuthority({soa}: Authority): boolean {
  return soa.outcome === 'found' && soa.aliases.length === 0
}

/** What the zone's own name is an alias of, where a server says that it is one; undefined where it is none. */
export function aliasAtApex({soa}: Authority): string | undefined {
  return soa.outcome === 'failed' ? undefined : soa.aliases[0]?.data
}

/** Whom to ask about what is not in the zone. */
export type Others = Pick<AuthoritySource, 'below' | 'beyond'>

interface Ask extends Others {
  dns: Dns
  zone: string
}

type Asked = Pick<Zone, 'servers' | 'lost' | 'aliased'>

const nobody: Asked = {servers: [], lost: [], aliased: []}

async function askHosts(ask: Ask, hosts: readonly Host[]): Promise<Asked> {
  const found = await Promise.all(hosts.map((host) => addressesOf(ask.dns, host)))
  const places = found.flatMap(({host, addresses}) => addresses.map((address) => ({host, address})))
  const servers = await Promise.all(places.slice(0, mostServers).map((place) => askServer(ask, place)))
  const lost = found.flatMap(({host, problem}) => (problem ? [{host, answer: problem}] : []))
  const aliased = found.flatMap(({host, alias}) => (alias === null ? [] : [{host, alias}]))
  return {servers, lost, aliased}
}

async function askServer({dns, zone, below, beyond}: Ask, place: {host: string; address: string}): Promise<Authority> {
  const {client, authorityPort: port} = dns
  const server = {address: place.address, port}
  const lookup = authorityLookup({client, server, zone, below, beyond})
  return {host: place.host, server, label: serverLabel(server), lookup, soa: await lookup(zone, 'SOA')}
}
