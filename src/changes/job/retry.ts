import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getJob} from '../../queries/job/find.ts'
import {showJob} from '../../queries/job/list.ts'
import {streamToRetry} from '../../queries/job/to-retry.ts'
import {namesOfIds} from '../../queries/names-of-ids.ts'
import {thingOf} from '../../rules/permissions.ts'
import {counted} from '../wording.ts'
import {readSome} from './alike.ts'
import {asItStands} from './as-it-stands.ts'
import type {BulkPlan} from './bulk-plan.ts'
import {PackedItems} from './packed-items.ts'

/**
 * What a job could not do, or left when it was canceled, and what of it still is as it was planned, to be tried by another
 * job. @throws NotFound
 */
export async function planRetry(db: Reader, job: number, operator: Operator): Promise<BulkPlan> {
  const {headline, targets, permission} = await getJob(db, job)
  const items = new PackedItems()
  for await (const item of readSome(streamToRetry(db, job))) items.add(item)
  const told = {
    headline: `Try again what is not done of job ${job}: ${headline}`,
    subject: counted(items.length, thingOf(permission)),
    targets,
    called: await namesOfIds(db),
    warnings: await resumable(db, job),
  }
  return asItStands(db, {...told, items, missed: []}, operator)
}

/** What a job that is not over has still to do is its own, and no other job's. */
async function resumable(db: Reader, job: number): Promise<string[]> {
  const {standing, left} = await showJob(db, job)
  if (left === 0 || standing === 'canceled') return []
  const are = `${left.toLocaleString('en')} ${left === 1 ? 'is' : 'are'}`
  return [`Job ${job} is ${standing}: ${are} left of it, which it still does itself: pm job resume ${job}.`]
}
