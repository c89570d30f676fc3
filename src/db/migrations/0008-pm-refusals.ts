import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

const indexes = [
  'create index refusals_login on pm.refusals (login, id)',
  'create index refusals_user on pm.refusals (user_id, id)',
  'create index refusals_permission on pm.refusals (permission, id)',
  'create index refusals_made on pm.refusals (made)',
]

/** What refusals are looked up by. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  // Behind the guard the record of refusals is pm_guard's.
  const statements = rows.length > 0 ? [...enterGuard, ...indexes, ...leaveGuard] : indexes
  for (const statement of statements) await sql.raw(statement).execute(db)
}
