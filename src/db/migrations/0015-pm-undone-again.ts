import type {QueryExecutorProvider} from 'kysely'
import {changeOwnTables} from './pm/own-tables.ts'

const anew = [
  'drop index pm.changes_undo_of',
  'create index changes_undo_of on pm.changes (undo_of) where undo_of is not null',
]

/**
 * Lets what one undo left be undone by another. That two at once put nothing back twice, the rows see to: each is written
 * only as long as it is what the change left.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await changeOwnTables(db, anew)
}
