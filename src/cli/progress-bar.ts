import {JobStatus} from './job-status.ts'
import type {Terminal} from './terminal.ts'

const drawnEveryMs = 100

/** How far a command is with many things, on a line of stderr that the next one replaces. */
export class ProgressBar {
  readonly #items: number
  readonly #status: JobStatus
  #done = 0
  #failed = 0
  #drawn = 0
  #waitsFor: string | null = null

  /** @param items how many there are; one needs no bar */
  constructor(terminal: Terminal, items: number) {
    this.#status = new JobStatus(terminal)
    this.#items = items
    this.#draw()
  }

  /** One more is done. */
  advance({failed}: {failed: boolean}): void {
    this.#done += 1
    if (failed) this.#failed += 1
    if (performance.now() - this.#drawn > drawnEveryMs) this.#draw()
  }

  /** What it waits for now, in words; null where it does not. */
  waits(waitsFor: string | null): void {
    this.#waitsFor = waitsFor
    this.#draw()
  }

  /** Takes the line away. */
  end(): void {
    this.#status.end()
  }

  #draw(): void {
    this.#drawn = performance.now()
    const items = Math.max(this.#items, this.#done)
    if (items > 1) this.#status.show({items, worked_off: this.#done, failed: this.#failed}, this.#waitsFor)
  }
}
