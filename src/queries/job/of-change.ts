import type {Reader} from '../../db/transaction.ts'

/** A job with the changes under which it was worked on. */
export interface JobOfChange {
  job: number
  /** The change that began it, and those of others who worked on it; or only the one asked for, where it is such. */
  changes: number[]
}

/** The job that a change began or worked on, with all that is to be undone with that change; undefined for any other. */
export async function jobOfChange(db: Reader, change: number): Promise<JobOfChange | undefined> {
  const began = await db.selectFrom('pm.jobs').where('change_id', '=', change).select('id').executeTakeFirst()
  if (began) {
    const joined = db
      .selectFrom('pm.job_changes')
      .where('job_id', '=', began.id)
      .select('change_id')
      .orderBy('change_id')
    return {job: began.id, changes: [change, ...(await joined.execute()).map(({change_id}) => change_id)]}
  }
  const joined = db.selectFrom('pm.job_changes').where('change_id', '=', change).select('job_id')
  const part = await joined.executeTakeFirst()
  return part && {job: part.job_id, changes: [change]}
}
