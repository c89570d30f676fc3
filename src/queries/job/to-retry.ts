import {sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'

/** The items of a job that failed, and those that it did not come to before it was canceled, as they were planned. */
export async function* streamItemsToRetry<Item>(db: Reader, job: number): AsyncGenerator<Item> {
  const pages = await db.selectFrom('pm.job_pages').where('job_id', '=', job).select('n').orderBy('n').execute()
  for (const {n} of pages) {
    const rows = await readRaw(
      db,
      sql<{item: Item}>`
        select i.item from pm.job_pages p join pm.jobs j on j.id = p.job_id
        cross join lateral json_array_elements(p.items) with ordinality i (item, at)
        where p.job_id = ${job} and p.n = ${n} and (j.state = 'canceled' and i.at > p.position or exists (
          select from unnest(p.missed) m where m ->> 'outcome' = 'failed' and m ->> 'target' = i.item ->> 'target'))
        order by i.at`,
    )
    for (const {item} of rows) yield item
  }
}
