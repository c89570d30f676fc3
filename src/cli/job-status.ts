import {bar} from '../output/bars.ts'
import type {Terminal} from './terminal.ts'

/** How far something of many items is. */
interface Progress {
  items: number
  worked_off: number
  failed: number
}

const barWidth = 20

/** Says on a line how far a job is, how fast it goes and how long it will still take. */
export class JobStatus {
  readonly #terminal: Terminal
  readonly #start = performance.now()
  #first: number | undefined

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** @param heldUp what the job waits for, if it does */
  show(progress: Progress, heldUp: string | null = null): void {
    const {items, worked_off} = progress
    this.#terminal.status(this.#line(progress, heldUp), bar(worked_off, items, barWidth))
  }

  /** Takes the line away. */
  end(): void {
    this.#terminal.status(null)
  }

  #line({items, worked_off, failed}: Progress, heldUp: string | null): string {
    this.#first ??= worked_off
    const seconds = (performance.now() - this.#start) / 1_000
    const perSecond = (worked_off - this.#first) / Math.max(seconds, 0.001)
    const isMoving = heldUp === null && perSecond > 0
    const parts = [
      `${worked_off.toLocaleString('en')} of ${items.toLocaleString('en')}`,
      // While it waits, how fast it was tells nothing, and the line may be cut off.
      ...(heldUp === null ? [] : [`waiting: ${heldUp}`]),
      ...(isMoving ? [`${Math.round(perSecond).toLocaleString('en')} a second`] : []),
      ...(isMoving ? [`${duration((items - worked_off) / perSecond)} left`] : []),
      ...(failed > 0 ? [`${failed.toLocaleString('en')} failed`] : []),
    ]
    return parts.join(' · ')
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
