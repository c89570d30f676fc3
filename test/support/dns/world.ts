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
}

/** The programs that a world needs. */
export const worldPrograms = ['knotd', 'knotc', 'nsd', 'unbound'] as const

export async function startWorld({parent, primary, secondary}: Plan): Promise<World> {
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
    const zones = {test: zoneFile('test', ['@ NS ns1', `ns1 A ${at.parent}`, ...parent])}
    const [knot] = await Promise.all([
      keep(startKnot({port, addresses: [at.primary], zones: primary})),
      keep(startKnot({port, addresses: [at.parent], zones})),
      keep(startNsd({port, addresses: [at.secondary], zones: secondary})),
    ])
    await keep(startUnbound({port, address: at.resolver, stubs: stubs(port, primary, secondary), probe: 'test'}))
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

/** A resolver follows delegations to port 53 only, so it is told where each zone is. */
function stubs(port: number, primary: ZoneFiles, secondary: ZoneFiles): Record<string, string[]> {
  const entries = [...Object.keys(primary), ...Object.keys(secondary)].map((zone): [string, string[]] => [
    zone,
    [...(zone in primary ? [`${at.primary}@${port}`] : []), ...(zone in secondary ? [`${at.secondary}@${port}`] : [])],
  ])
  return {test: [`${at.parent}@${port}`], ...Object.fromEntries(entries)}
}
