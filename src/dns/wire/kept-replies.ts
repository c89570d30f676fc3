import type {Failed} from '../answer.ts'
import type {Reply} from './reply.ts'

/** Long enough for one check of many domains, which meet at the same names again and again. */
const keptMs = 60_000

/** Of each generation, so that memory stays the same however many domains are checked. */
const most = 1_024

interface Kept {
  reply: Promise<Reply | Failed>
  until: number
}

/**
 * What a server was asked: while the question is on its way, and for a while after. What nobody wants again goes with
 * its generation.
 */
export class KeptReplies {
  #young = new Map<string, Kept>()
  #old = new Map<string, Kept>()

  get(key: string): Promise<Reply | Failed> | undefined {
    const young = this.#young.get(key)
    const kept = young ?? this.#old.get(key)
    if (!kept || performance.now() >= kept.until) return undefined
    if (!young) this.#put(key, kept)
    return kept.reply
  }

  keep(key: string, reply: Promise<Reply | Failed>): void {
    this.#put(key, {reply, until: performance.now() + keptMs})
  }

  forget(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  #put(key: string, kept: Kept): void {
    if (this.#young.size >= most) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, kept)
  }
}
