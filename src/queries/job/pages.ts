import {type RawBuilder, sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'

/** The pages of a job one after the other, as they are kept. */
export async function* streamPages(db: Reader, job: number): AsyncGenerator<Json> {
  for (let n = 0; ; n += 1) {
    const page = await db
      .selectFrom('pm.job_pages')
      .where('job_id', '=', job)
      .where('n', '=', n)
      .select('items')
      .executeTakeFirst()
    if (!page) return
    yield page.items
  }
}

/** A page as it is kept, and which of its items are meant, by their places from 0. */
export interface SomeOfPage {
  items: Json
  these: readonly number[]
}

/** The items of job `j` for which something holds of item `i.item`, the `i.at`th of page `p`, counted from 1. */
export async function* streamSome(db: Reader, job: number, which: RawBuilder<boolean>): AsyncGenerator<SomeOfPage> {
  const pages = await db.selectFrom('pm.job_pages').where('job_id', '=', job).select('n').orderBy('n').execute()
  for (const {n} of pages) {
    yield* await readRaw(
      db,
      sql<SomeOfPage>`
        select p.items, meant.these from pm.job_pages p join pm.jobs j on j.id = p.job_id
        cross join lateral (
          select array_agg(i.at::int - 1 order by i.at) as these
          from json_array_elements(p.items) with ordinality i (item, at) where ${which}) meant
        where p.job_id = ${job} and p.n = ${n} and meant.these is not null`,
    )
  }
}

/** Whether item `i.item` is one of which page `p` says what became of it. */
export function isTold(outcome: RawBuilder<boolean> = sql`true`): RawBuilder<boolean> {
  return sql`exists (select from unnest(p.missed) m where ${outcome} and m ->> 'target' = i.item ->> 'target')`
}
