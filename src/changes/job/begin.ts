import {setImmediate as nextTurn} from 'node:timers/promises'
import type {AuditedTransaction} from '../../db/transaction.ts'
import type {BulkPlan} from './bulk-plan.ts'
import type {JobItem} from './item.ts'
import type {PackedItems} from './packed-items.ts'
import {assertWithin} from './within.ts'

/** What is said of a job besides its plan. */
export interface JobSettings {
  permission: string
  maxFailures: number
}

const pageSize = 500

/**
 * Writes down all that a job is to do, and what it leaves out, as a part of the change that begins it. Nothing is done
 * yet; from here on nothing can get lost. Returns the job's id.
 */
export async function beginJob(
  {db, changeId}: AuditedTransaction,
  {permission, maxFailures}: JobSettings,
  {headline, items, missed, undoes}: BulkPlan,
): Promise<number> {
  const {id} = await db
    .insertInto('pm.jobs')
    .values((eb) => ({
      change_id: changeId,
      headline,
      max_failures: maxFailures,
      undo_of: undoes === undefined ? null : eb.selectFrom('pm.jobs').where('change_id', '=', undoes).select('id'),
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeAhead(pageRows(id, permission, items), async (page) => {
    await db.insertInto('pm.job_pages').values(page).execute()
  })
  if (missed.length > 0)
    await db
      .insertInto('pm.job_pages')
      .values(leftOut(id, items.length, missed))
      .execute()
  return id
}

/** Writes one after the other; the next is made while the server takes in the one before it. */
async function writeAhead<T>(items: Iterable<T>, write: (item: T) => Promise<void>): Promise<void> {
  let written = Promise.resolve()
  try {
    for (const item of items) {
      await written
      written = write(item)
      written.catch(() => {})
      // What was written leaves for the server only when nothing else is to be done here.
      await nextTurn()
    }
  } finally {
    await written
  }
}

function* pageRows(job: number, permission: string, packed: PackedItems): Generator<PageRow> {
  let n = 0
  for (const {text, items} of packed.pages(pageSize)) {
    assertWithin(permission, items)
    yield pageRow(job, n, text, items)
    n += 1
  }
}

type PageRow = ReturnType<typeof pageRow>

function pageRow(job_id: number, n: number, text: string, items: readonly JobItem[]) {
  const targets = [...new Set(items.flatMap((item) => item.targets))]
  return {job_id, n, items: text, targets, size: items.length}
}

// A page that is worked off already: it only says what was left out.
function leftOut(job_id: number, items: number, missed: BulkPlan['missed']) {
  const n = Math.ceil(items / pageSize)
  return {job_id, n, items: '[]', targets: [], size: 0, missed: missed.map((item) => JSON.stringify(item))}
}
