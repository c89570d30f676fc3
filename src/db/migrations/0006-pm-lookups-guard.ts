import {type QueryExecutorProvider, sql} from 'kysely'
import {guardedNameViews} from './pm/names.ts'
import {enterGuard, leaveGuard} from './pm/roles.ts'
import {guardedTargets} from './pm/targets.ts'

/** Hands them to the guard: it asks for the permission to see names, and keeps what changes touched. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of [...enterGuard, ...guardedNameViews, ...guardedTargets, ...leaveGuard]) {
    await sql.raw(statement).execute(db)
  }
}
