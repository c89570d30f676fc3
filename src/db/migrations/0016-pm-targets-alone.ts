import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'

/**
 * Jobs touch the same things again and again. An index of their names alone keeps each once, and as the history grows it
 * stays in memory for longer: each page of a job writes to hundreds of places of it.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, [
    'drop index pm.change_targets_target',
    'create index change_targets_target on pm.change_targets (target)',
  ])
}
