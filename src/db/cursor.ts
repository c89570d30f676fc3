import {type CompiledQuery, sql, type Transaction} from 'kysely'
import type {Connection} from './connection.ts'
import type {Database} from './schema.ts'

/** How a query is streamed. */
export interface Streaming {
  /** So many rows at a time. */
  batchSize: number
  /** Whether it is read to its end for certain: then the last row shall come soon, else the first. */
  isWhole: boolean
}

/** The rows of a query, some at a time, from a server-side cursor of a transaction. */
export async function* cursorBatches<Row>(
  {on, trx}: {on: Connection; trx: Transaction<Database>},
  query: CompiledQuery<Row>,
  {batchSize, isWhole}: Streaming,
): AsyncGenerator<Row[]> {
  if (isWhole) await sql`select set_config('cursor_tuple_fraction', '1', true)`.execute(trx)
  await trx.executeQuery({...query, sql: `declare pm_rows no scroll cursor for ${query.sql}`})
  const more = sql<Row>`fetch ${sql.lit(batchSize)} from pm_rows`.compile(trx)
  const fetch = () => on.rowsOf(trx, more)
  let next = fetch()
  while (true) {
    const rows = await next
    if (rows.length < batchSize) {
      if (rows.length > 0) yield rows
      return
    }
    // The server looks for the next while these are written. Should it fail meanwhile, that is told when its turn comes.
    next = fetch()
    next.catch(() => {})
    yield rows
  }
}
