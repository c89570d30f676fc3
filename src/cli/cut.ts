/** Lets `limit` rows through and remembers whether there was one more. */
export class Cut<Row> {
  count = 0
  /** The last row let through, where more would have followed. */
  last: Row | undefined
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit === 0 ? Number.POSITIVE_INFINITY : limit
  }

  async *of(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
    for await (const batch of batches) {
      const room = this.#limit - this.count
      const passing = batch.length > room ? batch.slice(0, room) : batch
      this.count += passing.length
      if (passing.length < batch.length) this.last = passing.at(-1)
      if (passing.length > 0) yield passing
    }
  }
}
