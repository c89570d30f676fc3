import type {Generated} from 'kysely'
import type {JobState} from '../../rules/job-lifecycle.ts'
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

/** What a change touched, one row a target; append-only. */
export interface ChangeTargetsTable {
  target: string
  change_id: number
}

/** A view: what things are called. Behind the guard it is empty for who may not see them. */
export interface NamesView {
  id: string
  name: string
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

/** A change of many rows, worked off in transactions of its own; `change_id` says who began it and under which permission. */
export interface JobsTable {
  id: Generated<number>
  change_id: number
  headline: string
  undo_of: number | null
  max_failures: number
  state: Generated<JobState>
  made: Generated<string>
}

/** Some items of a job, in the order of their keys; the first `position` of them are worked off. */
export interface JobPagesTable {
  job_id: number
  n: number
  items: Json
  targets: string[]
  size: number
  position: Generated<number>
  /** How many were changed. */
  done: Generated<number>
  /** How many could not be. */
  failed: Generated<number>
  /** What became of those that were not changed. */
  missed: Generated<Json[]>
  touched: string | null
  /** Why whoever gave the last sign stopped then; null while somebody is at it. */
  stopped: string | null
  /** Of the last page: whether another is to come behind it. */
  open: Generated<boolean>
}

/** Under which change somebody else than its creator works on a job. */
export interface JobChangesTable {
  job_id: number
  login: string
  change_id: number
}
