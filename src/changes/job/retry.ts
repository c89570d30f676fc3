import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {listFailedItems} from '../../queries/job/failed.ts'
import {getJob} from '../../queries/job/find.ts'
import {planSlugs} from '../../queries/plan/names.ts'
import {counted} from '../wording.ts'
import {asItStands} from './as-it-stands.ts'
import type {BulkPlan} from './bulk-plan.ts'
import type {JobItem} from './item.ts'
import {PackedItems} from './packed-items.ts'

/** What a job could not do and what still is as it was planned, to be tried anew by another job. @throws NotFound */
export async function planRetry(db: Reader, job: number, operator: Operator): Promise<BulkPlan> {
  const {headline, targets} = await getJob(db, job)
  const items = PackedItems.of(await listFailedItems<JobItem>(db, job))
  const subject = counted(items.length, 'item')
  const called = await planSlugs(db)
  const failed = {subject, targets, called, warnings: [], items, missed: []}
  return asItStands(db, {...failed, headline: `Try again what failed of job ${job}: ${headline}`}, operator)
}
