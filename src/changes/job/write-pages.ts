import {setImmediate as nextTurn} from 'node:timers/promises'
import {sql} from 'kysely'
import type {AuditedTransaction} from '../../db/transaction.ts'
import type {BulkPlan} from './bulk-plan.ts'
import type {PackedItems, PackedPage} from './packed-items.ts'

/** How many items stand together at most. */
const pageSize = 500

/** The job whose pages are written. */
export interface PagesOf {
  id: number
  /** How many pages of it there are already. */
  from: number
  /** Whether more are to come behind these. */
  open: boolean
}

/**
 * Writes down all that a job is to do, and what it leaves out. Nothing is done yet; from here on nothing can get lost. What
 * was written before, and it was not known whether it was, is not written twice.
 */
export async function writePages(
  {db}: AuditedTransaction,
  job: PagesOf,
  {items, missed}: Pick<BulkPlan, 'items' | 'missed'>,
): Promise<void> {
  await writeAhead(pageRows(job, items, missed), async (page) => {
    await db
      .insertInto('pm.job_pages')
      .values(page)
      .onConflict((conflict) => conflict.columns(['job_id', 'n']).doNothing())
      .execute()
  })
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

type PageRow = ReturnType<typeof pageRow> | ReturnType<typeof leftOut>

function* pageRows(job: PagesOf, packed: PackedItems, missed: BulkPlan['missed']): Generator<PageRow> {
  let n = job.from
  for (const page of packed.pages(pageSize)) {
    yield pageRow(job, n, page)
    n += 1
  }
  if (missed.length > 0) yield leftOut(job, n, missed)
}

function pageRow({id, open}: PagesOf, n: number, {text, targets, size}: PackedPage) {
  const distinct = sql<string[]>`array(select distinct json_array_elements_text(${targets}::json))`
  return {job_id: id, n, items: text, targets: distinct, size, open}
}

// A page that is worked off already: it only says what was left out.
function leftOut({id, open}: PagesOf, n: number, missed: BulkPlan['missed']) {
  return {job_id: id, n, items: '[]', targets: [], size: 0, missed: missed.map((item) => JSON.stringify(item)), open}
}
