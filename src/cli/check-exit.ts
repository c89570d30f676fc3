import type {CheckOutcome} from '../rules/check-outcome.ts'
import {exitCodes} from '../rules/exit-codes.ts'

/** Ends the process as a check ends: what is wrong, and what could not be found out, have codes of their own. */
export function setCheckExit(outcome: CheckOutcome | undefined): void {
  if (outcome === 'failing') process.exitCode = exitCodes.checkFailed.code
  if (outcome === 'unknown') process.exitCode = exitCodes.upstreamFailed.code
}
