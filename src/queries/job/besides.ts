import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isTold, type SomeOfPage, streamSome} from './pages.ts'

/** The items of a job that were changed, by whomever, and for which something is done besides their rows. */
export function streamChangedWithBesides(db: Reader, job: number): AsyncGenerator<SomeOfPage> {
  return streamSome(db, job, sql`i.at <= p.position and i.item -> 'besides' is not null and not ${isTold()}`)
}
