import type {Failed} from '../answer.ts'
import {exchange, type Patience, type Read, type Transport, type Wires} from './exchange.ts'
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

/** Asks DNS servers: any server, one question each time. Close it when done. */
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
    return this.#exchange(this.#peer(server), question, transport, read)
  }

  /** The same where many domains share a name: what the server has said of it is kept, and it is asked once at a time. */
  askOnce(server: ServerAddress, question: Question): Promise<Reply | Failed> {
    if (this.#ended) return Promise.reject(this.#ended.reason)
    const peer = this.#peer(server)
    return peer.kept.once(question, () => this.#exchange(peer, question, 'udp', asItIs), isReply)
  }

  /** Forgets all answers, for a look at what has changed since. */
  forget(): void {
    for (const peers of this.#peers.values()) for (const peer of peers.values()) peer.forget()
  }

  close(): void {
    this.#end(new Error('The DNS client was closed.'))
  }

  #exchange<Result>(peer: Peer, question: Question, transport: Transport, read: Read<Result>): Promise<Result> {
    const room = this.#wires.flight.enter(peer)
    const wires = this.#wires
    return room
      ? room.then(() => exchange(wires, peer, question, transport, read))
      : exchange(wires, peer, question, transport, read)
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
    this.forget()
  }
}

function asItIs(reply: Reply | Failed): Reply | Failed {
  return reply
}

function isReply({outcome}: Reply | Failed): boolean {
  return outcome === 'reply'
}
