import {performance} from 'node:perf_hooks'
import {setImmediate as turn} from 'node:timers/promises'

/**
 * Works on many items at once, and gives each result as it comes. Nothing new is begun while nobody takes what is ready.
 * The first error ends it; what else is under way then is left to end by itself.
 * @param most under way at once
 */
export async function* inFlight<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const crew = new Crew(work)
  const pace = new Pace(most)
  let begun = 0
  for await (const item of items) {
    crew.begin(item)
    begun += 1
    yield* crew.ready()
    if (begun < pace.together) continue
    begun = 0
    // What has come in for the others is worked off before more is begun.
    await turn()
    while (crew.running > pace.atOnce - pace.together) yield* await crew.finished()
    pace.adapt()
  }
  while (crew.running > 0) yield* await crew.finished()
}

/** How many are begun together where the computer is what limits; twice as many are under way then. */
const group = 16

/** How long the computer is watched before it is judged: items come in waves. */
const watchedMs = 200

/**
 * How many are under way at once. Where answers are fast the computer is what limits: few are then, and begun together, for
 * items that go through the same steps at the same time take far less time than one after the other. Where answers are
 * slow it is as many as may be, begun by and by, so that they do not all wait for the same thing.
 */
class Pace {
  together = group
  atOnce = 2 * group
  readonly #most: number
  #since = performance.eventLoopUtilization()

  constructor(most: number) {
    this.#most = most
    this.#follow(true)
  }

  adapt(): void {
    const {idle, active, utilization} = performance.eventLoopUtilization(this.#since)
    if (idle + active < watchedMs) return
    this.#since = performance.eventLoopUtilization()
    this.#follow(utilization > (this.together > 1 ? 0.75 : 0.98))
  }

  #follow(isBusy: boolean): void {
    this.together = isBusy ? Math.min(group, Math.ceil(this.#most / 2)) : 1
    this.atOnce = isBusy ? Math.min(2 * group, this.#most) : this.#most
  }
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

  /** What is finished and not yet given out. @throws what one of them failed with */
  ready(): Result[] {
    if (this.#failure) throw this.#failure.error
    const ready = this.#ready.splice(0)
    this.running -= ready.length
    return ready
  }

  /** The same, once there is something. */
  async finished(): Promise<Result[]> {
    if (this.#ready.length === 0 && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.ready()
  }
}
