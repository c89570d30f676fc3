import type {Reader} from '../../db/transaction.ts'

/** The items of a job as they were planned, a page at a time. */
export async function* streamPages<Item>(db: Reader, job: number): AsyncGenerator<readonly Item[]> {
  for (let n = 0; ; n += 1) {
    const page = await db
      .selectFrom('pm.job_pages')
      .where('job_id', '=', job)
      .where('n', '=', n)
      .select('items')
      .executeTakeFirst()
    if (!page) return
    // What a job keeps is what was planned; nobody can change it since.
    yield page.items as unknown as readonly Item[]
  }
}
