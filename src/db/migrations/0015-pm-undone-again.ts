import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

const anew = [
  'drop index pm.changes_undo_of',
  'create index changes_undo_of on pm.changes (undo_of) where undo_of is not null',
]

/**
 * Lets what one undo left be undone by another. That two at once put nothing back twice, the rows see to: each is written
 * only as long as it is what the change left.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  const statements = rows.length > 0 ? [...enterGuard, ...anew, ...leaveGuard] : anew
  for (const statement of statements) await sql.raw(statement).execute(db)
}
