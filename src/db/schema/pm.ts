import type {Generated} from 'kysely'
import type {Json} from './json.ts'

/** What holds an operator to their permissions: the database's guard, or pm's own transaction alone. */
export type EnforcedBy = 'database' | 'transaction'

/** Which database login is which user. */
export interface OperatorLoginsTable {
  login: string
  user_id: string
  enrolled: Generated<string>
  disabled: string | null
}

/** One row per change made with pm; append-only. */
export interface ChangesTable {
  id: Generated<number>
  command: string
  permission: string
  reason: string | null
  targets: string[]
  login: string
  user_id: string | null
  role: string
  undo_of: number | null
  request_key: string
  enforced_by: EnforcedBy
  client: Generated<string | null>
  made: Generated<string>
}

/** What each row of a change was before and after; whole rows, secrets masked; append-only. */
export interface RowImagesTable {
  id: Generated<number>
  change_id: number
  table_name: string
  op: 'insert' | 'update' | 'delete'
  before: Json | null
  after: Json | null
}

/** What an operator tried without the permission; append-only. */
export interface RefusalsTable {
  id: Generated<number>
  command: string
  permission: string
  targets: string[]
  login: string
  user_id: string | null
  made: Generated<string>
}
