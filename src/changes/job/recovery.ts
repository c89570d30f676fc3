import {codeBehind, connectionLost} from '../../db/failure.ts'
import {CommitUnknown, Conflict, DatabaseUnreachable, RuleBroken} from '../../rules/errors.ts'

/**
 * What to do about a transaction of a job that failed: try it again, take fewer items, find out which of them is locked,
 * wait for the database, or stop the job.
 */
export type Recovery = 'again' | 'fewer' | 'locked' | 'reconnect' | 'stop'

// PostgreSQL, Appendix A: serialization_failure, deadlock_detected, and idle_in_transaction_session_timeout, as this
// machine stood still for a while.
const passing = new Set(['40001', '40P01', '25P03'])
const lockNotAvailable = '55P03'
// query_canceled is a statement that took too long. A class 22 or 23 error (bad value, constraint) is one item's fault, as is
// a rule of the platform that is broken, and a smaller transaction shows whose.
const somebodys = /^(57014|22|23)/

export function recoveryFrom(error: unknown): Recovery {
  if (isLost(error)) return 'reconnect'
  // What must be true once the rows are written, and would not be: a smaller transaction shows whose fault it is.
  if (error instanceof Conflict && error.cause === undefined) return 'fewer'
  if (error instanceof RuleBroken) return 'fewer'
  const code = codeBehind(error) ?? ''
  if (passing.has(code)) return 'again'
  if (code === lockNotAvailable) return 'locked'
  return somebodys.test(code) ? 'fewer' : 'stop'
}

function isLost(error: unknown): boolean {
  if (error instanceof CommitUnknown || error instanceof DatabaseUnreachable) return true
  return connectionLost(error) || (error instanceof Error && error.cause !== undefined && isLost(error.cause))
}
