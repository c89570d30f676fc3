import type {Lookup, RecordType} from '../answer.ts'
import {isDnsName} from '../domain-name.ts'
import {maxMxHosts} from './match-mechanism.ts'
import type {Exists, Hosts} from './record.ts'

/** What an `a`, `mx` or `exists` finds in DNS. */
export interface HostFacts {
  /** Questions that find nothing, for a sender with an IPv4 and with an IPv6 address (RFC 7208 §4.6.4). */
  voids: Voids
  /** How many MX records there are; null for other mechanisms. */
  mxHosts: number | null
  /** Why some of it could not be learned. */
  unknown: string | null
}

export interface Voids {
  ipv4: number
  ipv6: number
}

type Presence = 'there' | 'void' | 'unasked' | {unknown: string}

/** Asks what a mechanism would find at `target`, whoever the sender. */
export async function hostFacts(lookup: Lookup, name: (Hosts | Exists)['name'], target: string): Promise<HostFacts> {
  if (name === 'exists') {
    const a = await presence(lookup, target, 'A')
    return summary([a], [a], null)
  }
  if (name === 'a') return summary(...(await addresses(lookup, [target])), null)
  return mxFacts(lookup, target)
}

async function mxFacts(lookup: Lookup, target: string): Promise<HostFacts> {
  if (!isDnsName(target)) return summary([], [], 0)
  const answer = await lookup(target, 'MX')
  if (answer.outcome === 'failed') return summary([{unknown: answer.detail}], [], null)
  if (answer.outcome === 'absent') return summary(['void'], ['void'], 0)
  const hosts = answer.records.map(({data}) => data.exchange.replace(/\.$/, ''))
  const looked = hosts.length > maxMxHosts ? [] : hosts
  return summary(...(await addresses(lookup, looked)), hosts.length)
}

async function addresses(lookup: Lookup, hosts: readonly string[]): Promise<[Presence[], Presence[]]> {
  return Promise.all([
    Promise.all(hosts.map((host) => presence(lookup, host, 'A'))),
    Promise.all(hosts.map((host) => presence(lookup, host, 'AAAA'))),
  ])
}

async function presence(lookup: Lookup, name: string, type: RecordType): Promise<Presence> {
  if (!isDnsName(name)) return 'unasked'
  const answer = await lookup(name, type)
  if (answer.outcome === 'found') return 'there'
  if (answer.outcome === 'absent') return 'void'
  return answer.reason === 'bad name' ? 'unasked' : {unknown: answer.detail}
}

function summary(ipv4: readonly Presence[], ipv6: readonly Presence[], mxHosts: number | null): HostFacts {
  const count = (list: readonly Presence[]) => list.filter((found) => found === 'void').length
  const failed = [...ipv4, ...ipv6].find((found) => typeof found === 'object')
  return {voids: {ipv4: count(ipv4), ipv6: count(ipv6)}, mxHosts, unknown: failed?.unknown ?? null}
}
