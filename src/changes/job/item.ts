import type {Besides} from '../../rules/deed.ts'
import type {Footing, RowChange} from '../plan.ts'

/** One of many targets with the rows that change for it: all of them or none. */
export interface JobItem {
  /** As it was named. */
  target: string
  /** The line of the list in which it was named. */
  line?: number | undefined
  /** What it touches, as `noun:name`, for the audit record. */
  targets: readonly string[]
  rows: readonly RowChange[]
  standsOn?: Footing | undefined
  /** What is done besides, once they are written. */
  besides?: Besides | undefined
}
