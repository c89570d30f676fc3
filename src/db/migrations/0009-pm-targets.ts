import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'
import {repeatableTargets} from './pm/targets.ts'

/** Keeps what changes touch in two thirds of the time: a job touches hundreds of thousands. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, repeatableTargets)
}
