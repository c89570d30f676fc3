import {networkInterfaces} from 'node:os'
import {setFlagsFromString} from 'node:v8'
import type {Lookup} from './answer.ts'
import {resolverLookup} from './resolve/resolver-lookup.ts'
import {type ClientOptions, DnsClient} from './wire/client.ts'
import {dnsPort, type ServerAddress, systemServers} from './wire/server-address.ts'

/** How a run reaches DNS. Whoever opens it closes its client. */
export interface Dns {
  client: DnsClient
  /** Ends the run, the client's as well as what else it has open; undefined where nobody can. */
  signal: AbortSignal | undefined
  /** The recursive servers; what each of them has cached tells what the world sees. */
  resolvers: readonly ServerAddress[]
  /** Asks the resolvers, the first that can say. */
  lookup: Lookup
  /** Where authorities listen: 53, but for tests. */
  authorityPort: number
  /** Whether IPv6 addresses can be reached at all; if not, they are left out and nobody is blamed. */
  ipv6: boolean
}

export interface DnsOptions extends ClientOptions {
  /** Instead of those of the operating system. */
  resolvers?: readonly ServerAddress[]
  authorityPort?: number
  ipv6?: boolean
}

export function openDns({
  resolvers = systemServers(),
  authorityPort = dnsPort,
  ipv6,
  ...options
}: DnsOptions = {}): Dns {
  // V8 learns for each place in the code whether what is allocated there lives long. When a run begins all of it is still
  // alive, so V8 would go on allocating the like in the old generation, where only a full collection frees it.
  setFlagsFromString('--no-allocation-site-pretenuring')
  const client = new DnsClient(options)
  const lookup = resolverLookup(client, resolvers)
  return {client, signal: options.signal, resolvers, lookup, authorityPort, ipv6: ipv6 ?? hasIpv6()}
}

/** Whether this machine has an IPv6 address that is good for more than its own link. */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some(({family, internal, address}) => family === 'IPv6' && !internal && !/^fe[89ab]/i.test(address))
}
