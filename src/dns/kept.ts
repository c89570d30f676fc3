import type {RecordType} from './answer.ts'

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

  /**
   * What is kept, or else what is found out now, for all who ask meanwhile.
   * @param isGood whether it is worth keeping; what failed the next who asks may be luckier with
   */
  once(key: string, find: () => Promise<Value>, isGood: (value: Value) => boolean): Promise<Value> {
    return this.get(key) ?? this.#find(key, find, isGood)
  }

  get(key: string): Promise<Value> | undefined {
    const young = this.#young.get(key)
    const kept = young ?? this.#old.get(key)
    if (!kept || performance.now() >= kept.until) return undefined
    if (!young) this.#put(key, kept)
    return kept.value
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }

  #find(key: string, find: () => Promise<Value>, isGood: (value: Value) => boolean): Promise<Value> {
    const value = find().then((found) => {
      if (!isGood(found)) this.#forget(key)
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

/** The same, by a name and a type; there are so many that putting them together would take longer than looking them up. */
export class KeptByQuestion<Value> {
  readonly #ofType = new Map<RecordType, Kept<Value>>()

  once(
    {name, type}: {name: string; type: RecordType},
    find: () => Promise<Value>,
    isGood: (value: Value) => boolean,
  ): Promise<Value> {
    const known = this.#ofType.get(type)
    if (known) return known.once(name, find, isGood)
    const kept = new Kept<Value>()
    this.#ofType.set(type, kept)
    return kept.once(name, find, isGood)
  }

  clear(): void {
    this.#ofType.clear()
  }
}
