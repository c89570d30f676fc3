import {setImmediate as turn} from 'node:timers/promises'

/**
 * Works on so many items at once, and gives each result as it comes. Nothing new is begun while nobody takes what is
 * ready. The first error ends it; what else is under way then is left to end by itself.
 *
 * One is begun in each turn of the event loop, after what has come in: so few are under way where answers are fast, and
 * the computer is what limits, and many where answers are slow.
 */
export async function* inFlight<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const crew = new Crew(work)
  for await (const item of items) {
    crew.begin(item)
    await turn()
    do yield* await crew.finished(crew.running >= most)
    while (crew.running >= most)
  }
  while (crew.running > 0) yield* await crew.finished(true)
}

class Crew<Item, Result> {
  /** Begun, and not yet given out. */
  running = 0
  readonly #work: (item: Item) => Promise<Result>
  readonly #ready: Result[] = []
  #failure: {error: unknown} | undefined
  #wake: () => void = () => {}

  constructor(work: (item: Item) => Promise<Result>) {
    this.#work = work
  }

  begin(item: Item): void {
    this.running += 1
    this.#work(item).then(
      (result) => {
        this.#ready.push(result)
        this.#wake()
      },
      (error: unknown) => {
        this.#failure ??= {error}
        this.#wake()
      },
    )
  }

  /** @param wait whether to wait for one where none is ready */
  async finished(wait: boolean): Promise<Result[]> {
    if (wait && this.#ready.length === 0 && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    if (this.#failure) throw this.#failure.error
    const ready = this.#ready.splice(0)
    this.running -= ready.length
    return ready
  }
}
