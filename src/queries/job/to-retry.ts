import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isTold, type SomeOfPage, streamSome} from './pages.ts'

/** The items of a job that failed, and those that it did not come to before it was canceled. */
export function streamToRetry(db: Reader, job: number): AsyncGenerator<SomeOfPage> {
  const failed = isTold(sql`m ->> 'outcome' = 'failed'`)
  return streamSome(db, job, sql`(j.state = 'canceled' and i.at > p.position or ${failed})`)
}
