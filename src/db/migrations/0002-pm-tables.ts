import {type Kysely, sql} from 'kysely'
import {pmTables} from './pm/tables.ts'

/** pm's own tables. The schema `pm` itself is made by the migrator, which keeps its records there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of pmTables) await sql.raw(statement).execute(db)
}
