import {type QueryExecutorProvider, sql} from 'kysely'
import {enterGuard, leaveGuard} from './pm/roles.ts'
import {targetsOfWork} from './pm/targets.ts'

/** Keeps what a job touches as it is worked off, so that beginning one takes half the time. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of [...enterGuard, ...targetsOfWork, ...leaveGuard]) await sql.raw(statement).execute(db)
}
