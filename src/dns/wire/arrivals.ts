/**
 * Packets that have come in, read together once all that waits in the sockets is there: the same steps of many questions
 * one after the other take far less time than all steps of each question.
 */
export class Arrivals {
  #waiting: (() => void)[] = []
  readonly #read = () => this.readAll()

  /** @param read reads the packet, in this turn of the event loop still */
  add(read: () => void): void {
    if (this.#waiting.length === 0) setImmediate(this.#read)
    this.#waiting.push(read)
  }

  /** Reads now what has come, for whoever must know. */
  readAll(): void {
    const reads = this.#waiting
    this.#waiting = []
    for (const read of reads) read()
  }
}
