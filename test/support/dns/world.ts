import {type Dns, openDns} from '../../../src/dns/dns.ts'
import type {Patience} from '../../../src/dns/wire/exchange.ts'
import {freePort} from '../free-port.ts'
import type {Daemon} from './daemon.ts'
import {type Knot, startKnot, startNsd, startUnbound, type ZoneFiles} from './servers.ts'
import {zoneFile} from './zone-file.ts'

/** Real servers on loopback: those of `test`, two for the zones below it, and a resolver with a cache. */
export interface World {
  port: number
  /** The first server of the zones, which can be edited while it runs. */
  primary: Knot
  /** Opens a client that knows only these servers. Whoever opens it closes its client. */
  open(patience?: Patience): Dns
  stop(): Promise<void>
}

// A busy machine may be slow, and a test must not take that for an answer.
const usual = {udpMs: [1_500, 3_000], tcpMs: 3_000}

/** Where they are; all at the same port. */
export const at = {
  parent: '127.0.0.10',
  primary: '127.0.0.11',
  secondary: '127.0.0.12',
  /** Nobody is there. */
  nobody: '127.0.0.13',
  resolver: '127.0.0.14',
} as const

interface Plan {
  /** The lines of the zone `test`: delegations, and addresses of name servers. */
  parent: readonly string[]
  /** What each of the two servers has. */
  primary: ZoneFiles
  secondary: ZoneFiles
  /** Zones of others, beside `test`: such as of blocklists, and of names of addresses. */
  others?: ZoneFiles
}

/** The programs that a world needs. */
export const worldPrograms = ['knotd', 'knotc', 'nsd', 'unbound'] as const

export async function startWorld({parent, primary, secondary, others = {}}: Plan): Promise<World> {
  const port = await freePort()
  const started: Daemon[] = []
  const keep = async <One extends Daemon>(daemon: Promise<One>): Promise<One> => {
    const running = await daemon
    started.push(running)
    return running
  }
  const stop = async () => {
    await Promise.all(started.map((daemon) => daemon.stop()))
  }
  try {
    const upper = {test: zoneFile('test', ['@ NS ns1', `ns1 A ${at.parent}`, ...parent]), ...others}
    const zones = {...upper, '.': rootOf(Object.keys(upper))}
    const [knot] = await Promise.all([
      keep(startKnot({port, addresses: [at.primary], zones: primary})),
      keep(startKnot({port, addresses: [at.parent], zones})),
      keep(startNsd({port, addresses: [at.secondary], zones: secondary})),
    ])
    const told = stubs(port, {[at.parent]: zones, [at.primary]: primary, [at.secondary]: secondary})
    await keep(startUnbound({port, address: at.resolver, stubs: told, probe: 'test'}))
    const resolvers = [{address: at.resolver, port}]
    return {
      port,
      primary: knot,
      stop,
      open: (patience = usual) => openDns({resolvers, authorityPort: port, ipv6: false, patience}),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The root: it gives every zone to the server of `test`. */
function rootOf(zones: readonly string[]): string {
  return zoneFile('.', ['@ NS ns1.test.', `ns1.test. A ${at.parent}`, ...zones.map((zone) => `${zone}. NS ns1.test.`)])
}

/** A resolver follows delegations to port 53 only, so it is told where each zone is. */
function stubs(port: number, servers: Readonly<Record<string, ZoneFiles>>): Record<string, string[]> {
  const places = Object.entries(servers).flatMap(([address, zones]) =>
    Object.keys(zones).map((zone) => ({zone, place: `${address}@${port}`})),
  )
  return Object.fromEntries(
    Array.from(
      Map.groupBy(places, ({zone}) => zone),
      ([zone, those]) => [zone, those.map(({place}) => place)],
    ),
  )
}
