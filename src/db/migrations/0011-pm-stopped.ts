import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

const add = 'alter table pm.job_pages add column stopped text'

/** Keeps why a run of a job ended before the job did, beside when it gave its last sign. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const {rows} = await sql`select where to_regprocedure('pm.guard()') is not null`.execute(db)
  const statements = rows.length > 0 ? [...enterGuard, add, ...leaveGuard] : [add]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
