import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'

const add = 'alter table pm.job_pages add column stopped text'

/** Keeps why a run of a job ended before the job did, beside when it gave its last sign. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, [add])
}
