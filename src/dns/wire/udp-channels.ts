import type {Outcome} from './outcome.ts'
import type {Query} from './query.ts'
import {type ServerAddress, serverLabel} from './server-address.ts'
import {UdpChannel} from './udp-channel.ts'

/** More answers at once than this overflow the buffer of a socket. */
const mostWaiting = 32

/** After so many questions a new socket with another port takes over, so that nobody can learn the port and use it. */
const mostCarried = 256

/** Idle sockets that are kept for the next question to the same server. */
const mostIdle = 64

/** The open sockets, by server: as few as will do. */
export class UdpChannels {
  readonly #open = new Map<string, Set<UdpChannel>>()
  /** The longest idle first. */
  readonly #idle = new Set<UdpChannel>()
  #closed: {reason: unknown} | undefined

  ask(server: ServerAddress, query: Query, timeoutMs: number): Promise<Outcome> {
    if (this.#closed) return Promise.reject(this.#closed.reason)
    const channel = this.#channelTo(server)
    this.#idle.delete(channel)
    return channel.ask(query, timeoutMs)
  }

  /** Closes all; whoever still waits is rejected with the reason. */
  close(reason: unknown): void {
    this.#closed = {reason}
    for (const channels of this.#open.values()) for (const channel of channels) channel.close(reason)
    this.#open.clear()
    this.#idle.clear()
  }

  #channelTo(server: ServerAddress): UdpChannel {
    const label = serverLabel(server)
    const channels = this.#open.get(label) ?? new Set()
    for (const channel of channels) if (isUsable(channel)) return channel
    const channel = new UdpChannel(server, (idle) => this.#rest(idle))
    this.#open.set(label, channels.add(channel))
    return channel
  }

  #rest(channel: UdpChannel): void {
    if (!isUsable(channel)) this.#drop(channel)
    else this.#idle.add(channel)
    const [longest] = this.#idle
    if (longest && this.#idle.size > mostIdle) this.#drop(longest)
  }

  #drop(channel: UdpChannel): void {
    const channels = this.#open.get(channel.label)
    channels?.delete(channel)
    if (channels?.size === 0) this.#open.delete(channel.label)
    this.#idle.delete(channel)
    channel.close(undefined)
  }
}

function isUsable({failed, waiting, carried}: UdpChannel): boolean {
  return !failed && waiting < mostWaiting && carried < mostCarried
}
