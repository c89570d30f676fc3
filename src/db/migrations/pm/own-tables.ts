import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './roles.ts'

/** Changes tables of pm by whom they belong to: pm_guard where there is a guard, and otherwise whoever sets pm up. */
export async function changeOwnTables(db: QueryExecutorProvider, changes: readonly string[]): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  const statements = rows.length > 0 ? [...enterGuard, ...changes, ...leaveGuard] : changes
  for (const statement of statements) await sql.raw(statement).execute(db)
}
