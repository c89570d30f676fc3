import type {Reader} from '../../db/transaction.ts'
import {listFailedItems} from '../../queries/job/failed.ts'
import {getJob} from '../../queries/job/find.ts'
import type {BulkPlan} from './bulk-plan.ts'
import type {JobItem} from './item.ts'
import {PackedItems} from './packed-items.ts'

/** What a job could not do, to be tried anew by another job. @throws NotFound */
export async function planRetry(db: Reader, job: number): Promise<BulkPlan> {
  const {headline, targets} = await getJob(db, job)
  const items = PackedItems.of(await listFailedItems<JobItem>(db, job))
  return {
    headline: `Try again what failed of job ${job}: ${headline}`,
    subject: `${items.length}`,
    targets,
    warnings: [],
    items,
    missed: [],
  }
}
