import {sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'

/** The items of a job that failed, as they were planned. */
export async function listFailedItems<Item>(db: Reader, job: number): Promise<Item[]> {
  const rows = await readRaw(
    db,
    sql<{item: Item}>`
      select i.item from pm.job_pages p cross join lateral json_array_elements(p.items) i (item)
      where p.job_id = ${job} and exists (
        select from unnest(p.missed) m where m ->> 'outcome' = 'failed' and m ->> 'target' = i.item ->> 'target')
      order by p.n`,
  )
  return rows.map(({item}) => item)
}
