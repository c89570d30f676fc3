import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

const add = 'alter table pm.job_pages add column open boolean not null default false'

/** Keeps whether a job gets more to do while it is worked on. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  const statements = rows.length > 0 ? [...enterGuard, add, ...leaveGuard] : [add]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
