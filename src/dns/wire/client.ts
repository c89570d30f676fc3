import type {Failed, Transport} from '../answer.ts'
import {exchange, type Patience, type Read, type Wires} from './exchange.ts'
import {Flight} from './flight.ts'
import {Peer} from './peer.ts'
import type {Question} from './query.ts'
import type {Reply} from './reply.ts'
import type {ServerAddress} from './server-address.ts'
import {TcpConnections} from './tcp-connections.ts'
import {UdpChannels} from './udp-channels.ts'

export interface ClientOptions {
  /** Ends the run: everything open is closed, and whoever waits is rejected with the signal's reason. */
  signal?: AbortSignal
  patience?: Patience
  /** Questions that may be on their way at once, to all servers. */
  inFlight?: number
}

const defaults = {patience: {udpMs: [1_500, 3_000], tcpMs: 3_000}, inFlight: 1_024}

/** Puts questions to DNS servers, one to one server each time. Close it when done. */
export class DnsClient {
  readonly #wires: Wires
  /** By port and address. */
  readonly #peers = new Map<number, Map<string, Peer>>()
  readonly #signal: AbortSignal | undefined
  readonly #abort = () => this.#end(this.#signal?.reason)
  #ended: {reason: unknown} | undefined

  constructor({signal, ...options}: ClientOptions = {}) {
    const {patience, inFlight} = {...defaults, ...options}
    this.#wires = {flight: new Flight(inFlight), udp: new UdpChannels(), tcp: new TcpConnections(), patience}
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
    if (signal?.aborted) this.#abort()
  }

  /** Rejects with the reason of the signal, when the run was ended. */
  ask(server: ServerAddress, question: Question, transport: Transport = 'udp'): Promise<Reply | Failed> {
    return this.askFor(server, question, asItIs, transport)
  }

  /** The same, for what `read` makes of the reply. */
  askFor<Result>(
    server: ServerAddress,
    question: Question,
    read: Read<Result>,
    transport: Transport = 'udp',
  ): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended.reason)
    const peer = this.#peer(server)
    const room = this.#wires.flight.enter(peer)
    if (room) return room.then(() => exchange(this.#wires, peer, question, transport, read))
    return exchange(this.#wires, peer, question, transport, read)
  }

  close(): void {
    this.#end(new Error('The DNS client was closed.'))
  }

  #peer(server: ServerAddress): Peer {
    const {address, port} = server
    const known = this.#peers.get(port)?.get(address)
    if (known) return known
    const peer = new Peer(server)
    const there = this.#peers.get(port) ?? new Map<string, Peer>()
    this.#peers.set(port, there.set(address, peer))
    return peer
  }

  #end(reason: unknown): void {
    if (this.#ended) return
    this.#ended = {reason}
    this.#signal?.removeEventListener('abort', this.#abort)
    this.#wires.flight.close(reason)
    this.#wires.udp.close(reason)
    this.#wires.tcp.close(reason)
  }
}

function asItIs(reply: Reply | Failed): Reply | Failed {
  return reply
}
