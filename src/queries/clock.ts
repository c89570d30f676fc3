import {sql} from 'kysely'
import type {Reader} from '../db/transaction.ts'

/** The database's time. Plans use it, so that an operator's wrong clock writes nothing. */
export async function databaseNow(db: Reader): Promise<string> {
  const {now} = await db.selectNoFrom(sql<string>`now()`.as('now')).executeTakeFirstOrThrow()
  return now
}
