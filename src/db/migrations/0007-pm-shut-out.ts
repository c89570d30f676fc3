import {type QueryExecutorProvider, sql} from 'kysely'
import {shutOutFunction} from './pm/shut-out.ts'

/** Lets an operator who revokes a login shut it out of the server. It stays its maker's, whose rights it lends. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of shutOutFunction) await sql.raw(statement).execute(db)
}
