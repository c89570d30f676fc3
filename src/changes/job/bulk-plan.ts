import type {MissedItem} from '../../rules/item-outcome.ts'
import type {Plan} from '../plan.ts'
import type {PackedItems} from './packed-items.ts'

/** Is told of how many of all it is known what would change for them. */
export type HowFar = (planned: number, all: number) => void

/** What a change would do to many targets, each on its own. */
export interface BulkPlan
  extends Pick<Plan, 'headline' | 'subject' | 'targets' | 'warnings' | 'called' | 'flows' | 'undoes'> {
  items: PackedItems
  /** What is left out, and why. */
  missed: readonly MissedItem[]
}
