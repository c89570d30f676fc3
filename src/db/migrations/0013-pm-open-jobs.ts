import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'

const add = 'alter table pm.job_pages add column open boolean not null default false'

/** Keeps whether a job gets more to do while it is worked on. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, [add])
}
