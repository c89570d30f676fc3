import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'
import {repeatableTargets} from './pm/targets.ts'

/** Keeps what changes touch in two thirds of the time: a job touches hundreds of thousands. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  const statements = rows.length > 0 ? [...enterGuard, ...repeatableTargets, ...leaveGuard] : repeatableTargets
  for (const statement of statements) await sql.raw(statement).execute(db)
}
