import {recordTargets} from '../../db/change-record.ts'
import type {AuditedTransaction} from '../../db/transaction.ts'
import type {BulkPlan, JobItem} from './item.ts'
import {assertWithin} from './within.ts'

/** What is said of a job besides its plan. */
export interface JobSettings {
  permission: string
  maxFailures: number
  undoOf: number | null
}

const pageSize = 500
const pagesAtOnce = 20

/**
 * Writes down all that a job is to do, and what it leaves out, as a part of the change that begins it. Nothing is done
 * yet; from here on nothing can get lost. Returns the job's id.
 */
export async function beginJob(
  {db, changeId, enforcedBy}: AuditedTransaction,
  {permission, maxFailures, undoOf}: JobSettings,
  {headline, items, missed}: BulkPlan,
): Promise<number> {
  assertWithin(permission, items)
  const {id} = await db
    .insertInto('pm.jobs')
    .values({change_id: changeId, headline, max_failures: maxFailures, undo_of: undoOf})
    .returning('id')
    .executeTakeFirstOrThrow()
  const pages = pagesOf(inKeyOrder(items))
  for (let at = 0; at < pages.length; at += pagesAtOnce) {
    const some = pages.slice(at, at + pagesAtOnce).map((page, index) => pageRow(id, at + index, page))
    await db.insertInto('pm.job_pages').values(some).execute()
    if (enforcedBy === 'transaction')
      await recordTargets(
        db,
        changeId,
        some.flatMap(({targets}) => targets),
      )
  }
  if (missed.length > 0)
    await db
      .insertInto('pm.job_pages')
      .values(leftOut(id, pages.length, missed))
      .execute()
  return id
}

// Whoever else writes the same rows meets them in this order, too.
function inKeyOrder(items: readonly JobItem[]): JobItem[] {
  const keyed = items.map((item) => ({item, key: keyOf(item)}))
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({item}) => item)
}

function keyOf({rows: [first]}: JobItem): string {
  return first ? `${first.table} ${Object.values(first.key).join(' ')}` : ''
}

function pagesOf(items: readonly JobItem[]): JobItem[][] {
  return Array.from({length: Math.ceil(items.length / pageSize)}, (_, n) =>
    items.slice(n * pageSize, (n + 1) * pageSize),
  )
}

function pageRow(job_id: number, n: number, items: readonly JobItem[]) {
  const targets = [...new Set(items.flatMap((item) => item.targets))]
  return {job_id, n, items: JSON.stringify(items), targets, size: items.length}
}

// A page that is worked off already: it only says what was left out.
function leftOut(job_id: number, n: number, missed: BulkPlan['missed']) {
  return {job_id, n, items: '[]', targets: [], size: 0, missed: missed.map((item) => JSON.stringify(item))}
}
