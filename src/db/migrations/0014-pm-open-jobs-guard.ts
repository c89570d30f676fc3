import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

/** Lets whoever works on a job say that nothing more is to come. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const grant = 'grant update (open) on pm.job_pages to pm_operator'
  for (const statement of [...enterGuard, grant, ...leaveGuard]) await sql.raw(statement).execute(db)
}
