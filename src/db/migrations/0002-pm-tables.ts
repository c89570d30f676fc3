import {type QueryExecutorProvider, sql} from 'kysely'
import {pmTables} from './pm/tables.ts'

/** pm's own tables. The schema `pm` itself is made by `migrate`, which keeps its record there. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of pmTables) await sql.raw(statement).execute(db)
}
