/** Lets `limit` rows through, 0 for all, and remembers whether there was one more. What comes then is not waited for. */
export class Cut<Row> {
  count = 0
  /** The last row let through, where more would have followed. */
  last: Row | undefined
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit === 0 ? Number.POSITIVE_INFINITY : limit
  }

  /** How many rows to ask for: one more tells whether there are more. */
  get enough(): number | undefined {
    return this.#limit === Number.POSITIVE_INFINITY ? undefined : this.#limit + 1
  }

  async *of(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
    let latest: Row | undefined
    for await (const batch of batches) {
      const passing = batch.slice(0, this.#limit - this.count)
      this.count += passing.length
      latest = passing.at(-1) ?? latest
      if (passing.length > 0) yield passing
      if (passing.length === batch.length) continue
      this.last = latest
      return
    }
  }
}
