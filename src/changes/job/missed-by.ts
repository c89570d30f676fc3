import {Conflict, NotFound} from '../../rules/errors.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {AboutThemselves} from '../staff/own-place.ts'

/** Why a target is left out for which a change is not possible. @throws every other error */
export function missedBy(target: string, error: unknown): MissedItem {
  if (error instanceof NotFound) return {target, outcome: 'unknown', reason: error.message}
  if (error instanceof Conflict || error instanceof AboutThemselves)
    return {target, outcome: 'refused', reason: error.message}
  throw error
}
