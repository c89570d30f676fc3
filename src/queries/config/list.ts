import {type Selectable, sql} from 'kysely'
import type {Json} from '../../db/schema/json.ts'
import type {Database} from '../../db/schema.ts'
import type {Reader} from '../../db/transaction.ts'
import {ownKeys} from '../../rules/config-key.ts'
import {isAnyOf} from '../any-of.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A value of system_config as operators see it: a sensitive one reads “(masked)” unless it is revealed. */
export interface ConfigRow {
  key: string
  value: Json
  sensitive: boolean
  category: string | null
  description: string | null
  updated: string | null
  updated_by: string | null
}

export interface ConfigFilter {
  category?: string | undefined
  sensitive?: boolean | undefined
  search?: string | undefined
}

export const configOrdering: Ordering = {
  by: {key: plainly, category: plainly, updated: plainly},
  default: 'key',
  key: 'key',
}

const isSensitive = sql<boolean>`coalesce(s.is_sensitive, false)`

// What pm itself reads is there to be found by whoever needs it, also while it was never set.
const unset = Object.entries(ownKeys).map(
  ([key, {default: value, category, description}]) =>
    sql`(${sql.lit(key)}, ${sql.lit(JSON.stringify(value))}::jsonb, false, ${sql.lit(category)}, ${sql.lit(description)})`,
)
const withDefaults = sql<Selectable<Database['system_config']>>`(
  select key, value, is_sensitive, category, description, updated, updated_by from system_config
  union all
  select d.*, null, null from (values ${sql.join(unset)}) d (key, value, is_sensitive, category, description)
  where not exists (select from system_config c where c.key = d.key))`

/**
 * The one choice of a configuration row's columns. Sensitive values stay in the database, but for those of the keys in
 * `clear`: they are read only within a reveal that says so.
 */
export function selectConfig(db: Reader, clear: readonly string[] = []) {
  const masked = sql<boolean>`${isSensitive} and s.value is not null and not ${isAnyOf('s.key', clear, 'text')}`
  return db
    .selectFrom(withDefaults.as<'s'>(sql.ref('s')))
    .leftJoin('users as u', 'u.id', 's.updated_by')
    .select([
      's.key',
      sql<Json>`case when ${masked} then '"(masked)"'::jsonb else s.value end`.as('value'),
      isSensitive.as('sensitive'),
      's.category',
      's.description',
      's.updated',
      'u.email as updated_by',
    ])
}

export function listConfig(db: Reader, {category, sensitive, search}: ConfigFilter, clear: readonly string[] = []) {
  let config = selectConfig(db, clear)
  if (category !== undefined) config = config.where('s.category', '=', category)
  if (sensitive !== undefined) config = config.where(isSensitive, '=', sensitive)
  if (search !== undefined)
    config = config.where(
      sql<boolean>`position(lower(${search}) in lower(s.key || ' ' || coalesce(s.description, ''))) > 0`,
    )
  return config
}
