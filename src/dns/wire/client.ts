import type {Failed} from '../answer.ts'
import {exchange, type Patience, type Transport, type Wires} from './exchange.ts'
import {Flight} from './flight.ts'
import {Peer} from './peer.ts'
import type {Question} from './query.ts'
import type {Reply} from './reply.ts'
import {type ServerAddress, serverLabel} from './server-address.ts'
import {TcpConnections} from './tcp-connections.ts'
import {UdpChannels} from './udp-channels.ts'

export interface ClientOptions {
  /** Ends the run: everything open is closed, and whoever waits is rejected with the signal's reason. */
  signal?: AbortSignal
  patience?: Patience
  /** Questions that may be on their way at once, and how many of them to the same server. */
  inFlight?: number
  inFlightPerServer?: number
}

interface Kept {
  reply: Promise<Reply | Failed>
  until: number
}

const defaults = {patience: {udpMs: [1_500, 3_000], tcpMs: 3_000}, inFlight: 512, inFlightPerServer: 128}

/** Long enough for one check of many domains, which meet at the same names again and again. */
const keptMs = 60_000

/** So many, that memory stays the same however many domains are checked. */
const mostKept = 2_048

/**
 * Asks DNS servers: any server, one question each time. The same question is on its way only once, and its answer is
 * kept, if a resolver gave it. Close it when done.
 */
export class DnsClient {
  readonly #wires: Wires
  readonly #flight: Flight
  readonly #peers = new Map<string, Peer>()
  readonly #kept = new Map<string, Kept>()
  readonly #signal: AbortSignal | undefined
  readonly #abort = () => this.#end(this.#signal?.reason)
  #ended: {reason: unknown} | undefined

  constructor({signal, ...options}: ClientOptions = {}) {
    const {patience, inFlight, inFlightPerServer} = {...defaults, ...options}
    this.#wires = {udp: new UdpChannels(), tcp: new TcpConnections(), patience}
    this.#flight = new Flight(inFlight, inFlightPerServer)
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
    if (signal?.aborted) this.#abort()
  }

  /** Rejects with the reason of the signal, when the run was ended. */
  ask(server: ServerAddress, question: Question, transport: Transport = 'udp'): Promise<Reply | Failed> {
    const peer = this.#peer(server)
    const key = `${peer.label} ${transport} ${question.recursion} ${question.type} ${question.name}`
    const kept = this.#kept.get(key)
    if (kept && performance.now() < kept.until) return this.#keep(key, kept)
    const until = performance.now() + keptMs
    return this.#keep(key, {reply: this.#exchange(peer, question, transport, key), until})
  }

  /** Forgets all answers, for a look at what has changed since. */
  forget(): void {
    this.#kept.clear()
  }

  close(): void {
    this.#end(new Error('The DNS client was closed.'))
  }

  async #exchange(peer: Peer, question: Question, transport: Transport, key: string): Promise<Reply | Failed> {
    const turn = this.#flight.enter(peer)
    if (turn) await turn
    try {
      if (this.#ended) throw this.#ended.reason
      const reply = await exchange(this.#wires, peer, question, transport)
      if (!isWorthKeeping(reply, question)) this.#kept.delete(key)
      return reply
    } finally {
      this.#flight.leave(peer)
    }
  }

  #peer(server: ServerAddress): Peer {
    const label = serverLabel(server)
    const known = this.#peers.get(label)
    if (known) return known
    const peer = new Peer(server)
    this.#peers.set(label, peer)
    return peer
  }

  /** The least recently used goes first. */
  #keep(key: string, kept: Kept): Promise<Reply | Failed> {
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    const [oldest] = this.#kept.size > mostKept ? this.#kept.keys() : []
    if (oldest !== undefined) this.#kept.delete(oldest)
    return kept.reply
  }

  #end(reason: unknown): void {
    if (this.#ended) return
    this.#ended = {reason}
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#wires.udp.close(reason)
    this.#wires.tcp.close(reason)
    this.#kept.clear()
  }
}

/**
 * What resolvers say of names that many domains share. An authority is asked about each domain once; and what failed the
 * next who asks may be luckier with.
 */
function isWorthKeeping({outcome}: Reply | Failed, {recursion}: Question): boolean {
  return outcome === 'reply' && recursion
}
