import type {MissedItem} from '../../rules/item-outcome.ts'
import type {Plan, RowChange} from '../plan.ts'
import type {PackedItems} from './packed-items.ts'

/** One of many targets with the rows that change for it: all of them or none. */
export interface JobItem {
  /** As it was named. */
  target: string
  /** What it touches, as `noun:name`, for the audit record. */
  targets: readonly string[]
  rows: readonly RowChange[]
}

/** What a change would do to many targets, each on its own. */
export interface BulkPlan extends Pick<Plan, 'headline' | 'subject' | 'targets' | 'warnings' | 'called' | 'undoes'> {
  items: PackedItems
  /** What is left out, and why. */
  missed: readonly MissedItem[]
}
