import {Interrupted, type PmError, TimedOut} from '../rules/errors.ts'

/**
 * Rows that end when the operator or the time ends them, as they would end by themselves: what is written of them is whole,
 * such as the array in JSON, and only then it is told what ended them.
 */
export class EndingRows {
  #end: PmError | undefined

  async *of<Row>(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
    try {
      yield* batches
    } catch (error) {
      if (!(error instanceof Interrupted || error instanceof TimedOut)) throw error
      this.#end = error
    }
  }

  /** @throws Interrupted, TimedOut: what ended them, if something did */
  check(): void {
    if (this.#end) throw this.#end
  }
}
