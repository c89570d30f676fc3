import {type QueryExecutorProvider, sql} from 'kysely'
import {nameViews} from './pm/names.ts'
import {changeOwnTables} from './pm/own-tables.ts'
import {targetTable} from './pm/targets.ts'

/** What things are looked up by where row-level security keeps an index from answering. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of nameViews) await sql.raw(statement).execute(db)
  await changeOwnTables(db, targetTable)
}
