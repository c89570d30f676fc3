import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A feature flag as operators see it. */
export interface FlagRow {
  key: string
  enabled: boolean
  /** The share of tenants that get it while it is enabled, in percent. */
  rollout: number
  description: string | null
  updated: string | null
  updated_by: string | null
  id: string
}

export interface FlagFilter {
  enabled?: boolean | undefined
  search?: string | undefined
}

export const flagOrdering: Ordering = {
  by: {key: plainly, rollout: plainly, updated: plainly},
  default: 'key',
  key: 'key',
}

/** The one choice of a flag's columns. */
export function selectFlags(db: Reader) {
  return db
    .selectFrom('feature_flags as f')
    .leftJoin('users as u', 'u.id', 'f.updated_by')
    .select((eb) => [
      'f.key',
      eb.fn.coalesce('f.is_enabled', sql.lit(false)).as('enabled'),
      eb.fn.coalesce('f.rollout_percentage', sql.lit(0)).as('rollout'),
      'f.description',
      'f.updated',
      'u.email as updated_by',
      'f.id',
    ])
}

export function listFlags(db: Reader, {enabled, search}: FlagFilter) {
  let flags = selectFlags(db)
  if (enabled !== undefined)
    flags = flags.where((eb) => eb(eb.fn.coalesce('f.is_enabled', sql.lit(false)), '=', enabled))
  if (search !== undefined)
    flags = flags.where(
      sql<boolean>`position(lower(${search}) in lower(f.key || ' ' || coalesce(f.description, ''))) > 0`,
    )
  return flags
}
