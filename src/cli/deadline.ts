/** The end of the time that a command was given. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout | undefined

  /**
   * @param seconds undefined for no end
   * @param late what to say when it is reached: the reason of the signal
   */
  constructor(seconds: number | undefined, late: () => Error) {
    if (seconds === undefined) return
    this.#timer = setTimeout(() => this.#controller.abort(late()), seconds * 1_000)
    this.#timer.unref()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** It was done in time. */
  end(): void {
    clearTimeout(this.#timer)
  }
}
