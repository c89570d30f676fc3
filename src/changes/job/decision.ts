import type {MissedItem} from '../../rules/item-outcome.ts'
import type {JobItem} from './item.ts'

/** What is to be done about a name, or why nothing is. */
export interface Decision {
  decided: JobItem | MissedItem
  /** What the name means: the same for all names of a thing. Undefined where nobody knows. */
  meant?: string | undefined
}
