import type {Peer} from './peer.ts'

/**
 * How many questions are on their way: so many at all, so many to each server. Whoever finds no room waits until
 * another has its answer; among those who wait for the same server, first come first served.
 */
export class Flight {
  readonly #most: number
  readonly #mostPerServer: number
  #inFlight = 0
  /** Who waits for room, whichever server they want to ask. */
  readonly #queue: Waiting[] = []

  constructor(most: number, mostPerServer: number) {
    this.#most = most
    this.#mostPerServer = mostPerServer
  }

  /** Takes off at once where there is room: then there is nothing to wait for. */
  enter(peer: Peer): Promise<void> | undefined {
    if (this.#hasRoom(peer)) return this.#takeOff(peer)
    return new Promise((resolve) => this.#queue.push({peer, resolve}))
  }

  leave(peer: Peer): void {
    peer.inFlight -= 1
    this.#inFlight -= 1
    const next = this.#queue.findIndex((waiting) => this.#hasRoom(waiting.peer))
    if (next === -1) return
    for (const {peer: other, resolve} of this.#queue.splice(next, 1)) {
      this.#takeOff(other)
      resolve()
    }
  }

  #hasRoom(peer: Peer): boolean {
    return this.#inFlight < this.#most && peer.inFlight < this.#mostPerServer
  }

  #takeOff(peer: Peer): undefined {
    peer.inFlight += 1
    this.#inFlight += 1
  }
}

interface Waiting {
  peer: Peer
  resolve(): void
}
