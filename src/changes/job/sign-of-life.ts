import {sql} from 'kysely'
import {type Session, write} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {headerOf} from './header.ts'

/**
 * Says of a job that waits, for a replica or for locks, that somebody is still at it; or of one that goes on no more, why
 * they stopped.
 */
export async function giveSign(session: Session, job: FoundJob, stopped: string | null = null): Promise<void> {
  await write(session, headerOf(job), async ({db}) => {
    const free = db.selectFrom('pm.job_pages').where('job_id', '=', job.id).select('n').orderBy('n', 'desc').limit(1)
    await db
      .updateTable('pm.job_pages')
      .where('job_id', '=', job.id)
      .where('n', '=', free.forUpdate().skipLocked())
      .set({touched: sql<string>`clock_timestamp()`, stopped})
      .execute()
  })
}
