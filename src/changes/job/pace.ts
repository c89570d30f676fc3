import {setTimeout as wait} from 'node:timers/promises'

const mostItems = 1_000
// Few enough for a beginning, also where each is of many rows.
const firstItems = 40
// Below this a transaction's own cost outweighs its rows.
const worthwhileRows = 150
// A transaction keeps others from its rows about so long; where the machine is busy, now and then twice as long.
const targetMs = 45

/** How many items a worker takes at once, so that others wait for them about the same time whatever the rows weigh. */
export class ChunkSize {
  #size = firstItems

  get now(): number {
    return this.#size
  }

  /** A transaction held `count` items of so many rows so long. At most twofold up or down at a time. */
  took(count: number, rows: number, ms: number): void {
    if (count < this.#size) return
    const factor = Math.min(2, Math.max(0.5, targetMs / ms))
    const least = Math.min(Math.ceil((worthwhileRows * count) / rows), count * 2)
    this.#size = Math.min(mostItems, Math.max(least, Math.round(count * factor)))
  }

  /** Half of what was too much. */
  fewer(count: number): void {
    this.#size = Math.max(1, Math.floor(count / 2))
  }
}

/** Lets so many items a second through, all workers together. */
export class Throttle {
  readonly #perSecond: number | undefined
  #free = 0

  constructor(perSecond: number | undefined) {
    this.#perSecond = perSecond
  }

  /** The most items to ask for at once: about a fifth of a second's worth. */
  get most(): number {
    return this.#perSecond === undefined ? mostItems : Math.max(1, Math.floor(this.#perSecond / 5))
  }

  /** Returns when `count` more may go, or the run is interrupted. */
  async admit(count: number, signal: AbortSignal): Promise<void> {
    if (this.#perSecond === undefined) return
    const now = performance.now()
    const start = Math.max(now, this.#free)
    this.#free = start + (count / this.#perSecond) * 1_000
    if (start > now) await wait(start - now, undefined, {signal}).catch(() => {})
  }

  /** So many that were let through did not go. */
  giveBack(count: number): void {
    if (this.#perSecond !== undefined) this.#free -= (count / this.#perSecond) * 1_000
  }
}
