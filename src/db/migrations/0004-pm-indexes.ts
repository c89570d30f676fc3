import {type QueryExecutorProvider, sql} from 'kysely'
import {pmIndexes} from './pm/indexes.ts'

/** pm's own indexes on the platform's tables. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of pmIndexes) await sql.raw(statement).execute(db)
}
