import type {Peer} from './peer.ts'

/** Of one who waits. */
interface Place {
  resolve(): void
  reject(reason: unknown): void
}

/**
 * How many questions are on their way: so many at all, and to each server as many as its window takes. Whoever finds no
 * room waits until others have their answers: among those who wait for the same server, first come first served; among
 * the servers, each in turn.
 */
export class Flight {
  readonly #most: number
  #inFlight = 0
  /** Who waits, by the server to be asked; the server whose turn is next comes first. */
  readonly #waiting = new Map<Peer, Place[]>()
  #closed: {reason: unknown} | undefined

  constructor(most: number) {
    this.#most = most
  }

  /** Takes off at once where there is room: then there is nothing to wait for. */
  enter(peer: Peer): Promise<void> | undefined {
    if (this.#closed) return Promise.reject(this.#closed.reason)
    const queue = this.#waiting.get(peer)
    if (!queue && this.#inFlight < this.#most && peer.hasRoom) return this.#takeOff(peer)
    const places = queue ?? []
    this.#waiting.set(peer, places)
    return new Promise((resolve, reject) => places.push({resolve, reject}))
  }

  leave(peer: Peer): void {
    peer.inFlight -= 1
    this.#inFlight -= 1
    if (this.#waiting.size === 0) return
    // A server for which more wait goes to the end, and the loop comes to it again.
    for (const [next, queue] of this.#waiting) {
      if (this.#inFlight >= this.#most) return
      if (!next.hasRoom) continue
      this.#takeOff(next)
      queue.shift()?.resolve()
      this.#waiting.delete(next)
      if (queue.length > 0) this.#waiting.set(next, queue)
    }
  }

  /** Whoever waits, or comes after, is rejected with the reason. */
  close(reason: unknown): void {
    this.#closed = {reason}
    for (const queue of this.#waiting.values()) for (const {reject} of queue) reject(reason)
    this.#waiting.clear()
  }

  #takeOff(peer: Peer): undefined {
    peer.inFlight += 1
    this.#inFlight += 1
  }
}
