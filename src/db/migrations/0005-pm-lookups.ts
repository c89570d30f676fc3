import {type QueryExecutorProvider, sql} from 'kysely'
import {nameViews} from './pm/names.ts'
import {enterGuard, leaveGuard} from './pm/roles.ts'
import {targetTable} from './pm/targets.ts'

/** What things are looked up by where row-level security keeps an index from answering. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  // Behind the guard the record of changes is pm_guard's.
  const targets = rows.length > 0 ? [...enterGuard, ...targetTable, ...leaveGuard] : targetTable
  for (const statement of [...nameViews, ...targets]) await sql.raw(statement).execute(db)
}
