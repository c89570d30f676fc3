/** Why one of many targets is not changed. */
export const missedOutcomes = ['already', 'unknown', 'deleted', 'refused', 'stale', 'failed'] as const

/** Why one of them is left out, or found otherwise when its turn came; it is neither done nor failed. */
export const skippedOutcomes = ['unknown', 'deleted', 'refused', 'stale'] as const

/** What becomes of one of many targets: changed, why not, or not yet. Scripts match on these words. */
export const itemOutcomes = ['changed', ...missedOutcomes, 'waiting'] as const

export type ItemOutcome = (typeof itemOutcomes)[number]

export const outcomeWords: Readonly<Record<ItemOutcome, string>> = {
  changed: 'changed',
  already: 'there already',
  unknown: 'does not exist',
  deleted: 'deleted',
  refused: 'not possible',
  stale: 'changed since it was planned',
  failed: 'failed',
  waiting: 'still to do',
}

/** A target that was not changed, and why. */
export interface MissedItem {
  target: string
  outcome: (typeof missedOutcomes)[number]
  reason: string
  /** The line of the list in which it was named. */
  line?: number | undefined
}
