import {Batch} from './batch.ts'
import type {OutgoingQuery} from './datagram.ts'
import type {Peer} from './peer.ts'
import {UdpChannel} from './udp-channel.ts'

/** More answers at once than this overflow the buffer of a socket. */
const mostWaiting = 32

/** After so many questions a new socket with another port takes over, so that nobody can learn the port and use it. */
const mostCarried = 256

/** Idle sockets that are kept for the next question to the same server. */
const mostIdle = 64

/** The open sockets to all servers: as few as will do. */
export class UdpChannels {
  /** By the server each is connected to. */
  readonly #open = new Map<UdpChannel, Peer>()
  /** The longest idle first. */
  readonly #idle = new Set<UdpChannel>()
  readonly #batches = {arrivals: new Batch(afterNextPoll), departures: new Batch(process.nextTick)}
  #closed: {reason: unknown} | undefined

  ask<Result>(peer: Peer, asked: OutgoingQuery<Result>, timeoutMs: number): Promise<Result> {
    if (this.#closed) return Promise.reject(this.#closed.reason)
    const channel = this.#channelTo(peer)
    if (channel.waiting === 0) this.#idle.delete(channel)
    return channel.ask(asked, timeoutMs)
  }

  /** Closes all; whoever still waits is rejected with the reason. */
  close(reason: unknown): void {
    this.#closed = {reason}
    for (const channel of this.#open.keys()) channel.close(reason)
    this.#open.clear()
    this.#idle.clear()
  }

  #channelTo(peer: Peer): UdpChannel {
    const open = peer.channels.find(isUsable)
    if (open) return open
    const channel = new UdpChannel(peer.address, this.#batches, (idle) => this.#rest(idle))
    peer.channels.push(channel)
    this.#open.set(channel, peer)
    return channel
  }

  #rest(channel: UdpChannel): void {
    if (!isUsable(channel)) this.#drop(channel)
    else this.#idle.add(channel)
    const [longest] = this.#idle.size > mostIdle ? this.#idle : []
    if (longest) this.#drop(longest)
  }

  #drop(channel: UdpChannel): void {
    const peer = this.#open.get(channel)
    if (peer) peer.channels = peer.channels.filter((other) => other !== channel)
    this.#open.delete(channel)
    this.#idle.delete(channel)
    channel.close(undefined)
  }
}

/** Once the sockets have been looked at again: the more answers are read together, the less time each takes. */
function afterNextPoll(run: () => void): void {
  setImmediate(() => setImmediate(run))
}

function isUsable({failed, waiting, carried}: UdpChannel): boolean {
  return !failed && waiting < mostWaiting && carried < mostCarried
}
