import {sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'

/** The items of a job that were changed, by whomever, and for which something is done besides their rows. */
export async function listChangedWithBesides<Item>(db: Reader, job: number): Promise<Item[]> {
  const rows = await readRaw(
    db,
    sql<{item: Item}>`
      select i.item from pm.job_pages p
      cross join lateral json_array_elements(p.items) with ordinality i (item, at)
      where p.job_id = ${job} and i.at <= p.position and i.item -> 'besides' is not null and not exists (
        select from unnest(p.missed) m where m ->> 'target' = i.item ->> 'target')
      order by p.n, i.at`,
  )
  return rows.map(({item}) => item)
}
