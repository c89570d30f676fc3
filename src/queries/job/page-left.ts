import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'

/** What of a page was not changed. */
export interface PageLeft {
  missed: MissedItem[]
  /** The targets of what is not worked off. */
  waiting: string[]
}

/** Of one page of a job. */
export async function pageLeft(db: Reader, job: number, n: number): Promise<PageLeft> {
  return db
    .selectFrom('pm.job_pages')
    .where('job_id', '=', job)
    .where('n', '=', n)
    .select([
      sql<MissedItem[]>`to_json(missed)`.as('missed'),
      // What a page holds is only looked through where it must be.
      sql<string[]>`case when position = size then '{}' else array(
        select i.item ->> 'target' from json_array_elements(items) with ordinality i (item, at) where i.at > position)
        end`.as('waiting'),
    ])
    .executeTakeFirstOrThrow()
}
