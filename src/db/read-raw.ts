import {type RawBuilder, sql} from 'kysely'
import type {Reader} from './transaction.ts'

/** The rows of a SELECT on what has no row types of ours, such as the system catalogs. */
export async function readRaw<Row>(db: Reader, query: RawBuilder<Row>): Promise<Row[]> {
  const rows = await db.selectFrom(sql<Row>`(${query})`.as('raw')).selectAll().execute()
  return rows as Row[]
}
