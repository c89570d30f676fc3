import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'

/** Lets whoever works on a job say why they stopped. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const grant = 'grant update (stopped) on pm.job_pages to pm_operator'
  for (const statement of [...enterGuard, grant, ...leaveGuard]) await sql.raw(statement).execute(db)
}
