/** Long enough for one check of many domains, which meet at the same names again and again. */
const keptMs = 60_000

/** Of each generation, so that memory stays the same however many domains are checked. */
const most = 1_024

interface Entry<Value> {
  value: Promise<Value>
  until: number
}

/**
 * What was found out, while it is under way and for a while after. What nobody wants again goes with its generation.
 */
export class Kept<Value> {
  #young = new Map<string, Entry<Value>>()
  #old = new Map<string, Entry<Value>>()
  readonly #isGood: (value: Value) => boolean

  /** @param isGood whether something is worth keeping; what is not is forgotten, so that the next caller asks again */
  constructor(isGood: (value: Value) => boolean) {
    this.#isGood = isGood
  }

  get(key: string): Promise<Value> | undefined {
    const young = this.#young.get(key)
    const kept = young ?? this.#old.get(key)
    if (!kept || performance.now() >= kept.until) return undefined
    if (!young) this.#put(key, kept)
    return kept.value
  }

  /** Keeps what is being found out. @returns it, for all who ask meanwhile */
  keep(key: string, finding: Promise<Value>): Promise<Value> {
    const value = finding.then((found) => {
      if (!this.#isGood(found)) this.#forget(key)
      return found
    })
    this.#put(key, {value, until: performance.now() + keptMs})
    return value
  }

  #forget(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  #put(key: string, kept: Entry<Value>): void {
    if (this.#young.size >= most) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, kept)
  }
}
