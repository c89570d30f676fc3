import type {Reader} from '../../db/transaction.ts'
import {type JobRow, selectJobs} from './columns.ts'

/** The jobs that were to undo a change, first to last. */
export function listUndoJobs(db: Reader, change: number): Promise<JobRow[]> {
  return selectJobs(db).where('c.undo_of', '=', change).orderBy('j.id').execute()
}
