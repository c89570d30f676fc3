import {read, type Session, stream} from '../../db/transaction.ts'
import type {JobRow} from '../../queries/job/columns.ts'
import {showJob} from '../../queries/job/list.ts'
import {type JobResult, listResults, resultOrdering} from '../../queries/job/results.ts'
import {listing} from '../../queries/paging.ts'
import type {ItemOutcome} from '../../rules/item-outcome.ts'
import type {Permission} from '../../rules/permissions.ts'

export type {JobRow} from '../../queries/job/columns.ts'
export type {JobResult} from '../../queries/job/results.ts'

/** How far a job is, on the primary. @throws NotFound */
export async function reportJob(session: Session, permission: Permission, id: number): Promise<JobRow> {
  return read(session, permission, (db) => showJob(db, id), session.primary)
}

/**
 * How far a job is that broke off: once, with the permission to work on it or, where that was taken, to look at it.
 * Undefined where it cannot be read any more.
 */
export async function reportBroken(
  session: Session,
  permission: Permission,
  id: number,
): Promise<{job: JobRow; permission: Permission} | undefined> {
  for (const one of [permission, 'audit.read'] as const) {
    const job = await reportJob(session, one, id).catch(() => undefined)
    if (job) return {job, permission: one}
  }
  return undefined
}

/** What became of a job's items, as they come. */
export function streamResults(
  {replica: _, ...session}: Session,
  permission: Permission,
  id: number,
  outcomes?: readonly ItemOutcome[],
): AsyncGenerator<JobResult[]> {
  const results = listing(resultOrdering, (db) => listResults(db, id, outcomes))
  return stream(session, permission, (db) => results.query(db, {}), {batchSize: 1_000, isWhole: true})
}
