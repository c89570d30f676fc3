import {type Session, write} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {headerOf} from './header.ts'

/** Says of a job that got its pages while it was worked on that none comes any more: once all are worked off, it is finished. */
export async function closeJob(session: Session, job: FoundJob): Promise<void> {
  await write(session, headerOf(job), async ({db}) => {
    const last = db
      .selectFrom('pm.job_pages')
      .where('job_id', '=', job.id)
      .select((eb) => eb.fn.max('n').as('n'))
    await db.updateTable('pm.job_pages').where('job_id', '=', job.id).where('n', '=', last).set({open: false}).execute()
  })
}
