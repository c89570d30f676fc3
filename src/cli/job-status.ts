import {bar} from '../output/bars.ts'

/** How far something of many items is. */
interface Progress {
  items: number
  worked_off: number
  failed: number
}

const barWidth = 20

/** A line that says how far a job is, how fast it goes and how long it will still take. */
export class JobStatus {
  readonly #start = performance.now()
  #first: number | undefined

  line({items, worked_off, failed}: Progress, heldUp: string | null): string {
    this.#first ??= worked_off
    const seconds = (performance.now() - this.#start) / 1_000
    const perSecond = (worked_off - this.#first) / Math.max(seconds, 0.001)
    const parts = [
      `${bar(worked_off, items, barWidth)} ${worked_off.toLocaleString('en')} of ${items.toLocaleString('en')}`,
      ...(perSecond > 0 ? [`${Math.round(perSecond).toLocaleString('en')} a second`] : []),
      ...(perSecond > 0 ? [`${duration((items - worked_off) / perSecond)} left`] : []),
      ...(failed > 0 ? [`${failed.toLocaleString('en')} failed`] : []),
      ...(heldUp === null ? [] : [`waiting: ${heldUp}`]),
    ]
    return parts.join(' · ')
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
