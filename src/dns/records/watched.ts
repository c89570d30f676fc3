import type {RecordState} from './state.ts'
import type {RecordVerdict} from './verdict.ts'

/** How a record stands for whoever waits for it: `broken` is published as it should be, and yet does not work. */
export type WatchedState = RecordState | 'broken'

export function watchedState({state, status}: Pick<RecordVerdict, 'state' | 'status'>): WatchedState {
  return isPublished(state) && status === 'failed' ? 'broken' : state
}

/**
 * Seconds until all that was asked have forgotten what was before. Null where waiting alone does not help, because a
 * record is not right at its source, and where nobody knows.
 */
export function secondsUntilRight(verdicts: readonly RecordVerdict[]): number | null {
  const waiting = verdicts.filter((verdict) => watchedState(verdict) !== 'ok')
  const waits = waiting.flatMap(({retry_after_s: seconds}) => seconds ?? [])
  if (waits.length < waiting.length || !waiting.every((verdict) => isPublished(watchedState(verdict)))) return null
  return Math.max(0, ...waits)
}

/** Right at every authority. */
function isPublished(state: WatchedState): boolean {
  return state === 'ok' || state === 'propagating' || state === 'negative-cached'
}
