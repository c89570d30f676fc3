import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'

const indexes = [
  'create index refusals_login on pm.refusals (login, id)',
  'create index refusals_user on pm.refusals (user_id, id)',
  'create index refusals_permission on pm.refusals (permission, id)',
  'create index refusals_made on pm.refusals (made)',
]

/** What refusals are looked up by. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, indexes)
}
