import {bar} from '../output/bars.ts'
import {Standstill} from './standstill.ts'
import type {Terminal} from './terminal.ts'

/** How far something of many items is. */
interface Progress {
  items: number
  worked_off: number
  failed: number
}

const barWidth = 20
// So long nothing may move before it is not taken for a pace any more.
const stillMs = 3_000

/** Says on a line how far a job is, how fast it goes and how long it will still take; or what it waits for. */
export class JobStatus {
  readonly #terminal: Terminal
  readonly #now: () => number
  readonly #standstill: Standstill
  readonly #start: number
  #first: number | undefined
  #last: number | undefined
  #moved: number

  constructor(terminal: Terminal, now = () => performance.now()) {
    this.#terminal = terminal
    this.#now = now
    this.#start = now()
    this.#moved = this.#start
    this.#standstill = new Standstill(terminal, now)
  }

  /** @param waitsFor what it waits for, if it does, in words */
  show(progress: Progress, waitsFor: string | null = null): void {
    const {items, worked_off} = progress
    this.#first ??= worked_off
    if (this.#last !== undefined && worked_off > this.#last) {
      this.#moved = this.#now()
      this.#standstill.end()
    } else if (waitsFor !== null) this.#standstill.lasts(waitsFor)
    this.#last = worked_off
    this.#terminal.status(this.#line(progress, this.#first), bar(worked_off, items, barWidth))
  }

  /** Takes the line away. */
  end(): void {
    this.#terminal.status(null)
  }

  #line({items, worked_off, failed}: Progress, first: number): string {
    const parts = [
      `${worked_off.toLocaleString('en')} of ${items.toLocaleString('en')}`,
      // While it waits, how fast it was tells nothing, and the line may be cut off.
      ...(this.#still() ?? this.#pace(items - worked_off, worked_off - first)),
      ...(failed > 0 ? [`${failed.toLocaleString('en')} failed`] : []),
    ]
    return parts.join(' · ')
  }

  #still(): string[] | undefined {
    if (this.#standstill.waitsFor !== null) return [this.#standstill.waitsFor]
    const ms = this.#now() - this.#moved
    return ms < stillMs ? undefined : [`nothing moved for ${duration(ms / 1_000)}`]
  }

  #pace(left: number, done: number): string[] {
    const perSecond = (done * 1_000) / Math.max(this.#now() - this.#start - this.#standstill.totalMs, 1)
    if (perSecond <= 0) return []
    return [`${Math.round(perSecond).toLocaleString('en')} a second`, `${duration(left / perSecond)} left`]
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
