import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isOfTarget} from '../audit/list.ts'
import {type Ordering, plainly} from '../paging.ts'
import {findFlag, getFlag} from './find.ts'

/** One change of a flag: what it was and what it became. Null: it was not there. */
export interface FlagChange {
  change: number
  made: string
  by: string
  enabled_before: boolean | null
  enabled_after: boolean | null
  rollout_before: number | null
  rollout_after: number | null
  reason: string | null
  command: string
}

export const flagHistoryOrdering: Ordering = {
  by: {change: plainly},
  default: '-change',
  key: 'change',
  neverNull: ['change'],
}

/** @throws NotFound for a flag that is not there and, as far as is recorded, never was. */
export async function assertKnownFlag(db: Reader, key: string): Promise<void> {
  if (await findFlag(db, key)) return
  const [past] = await listFlagChanges(db, key).limit(1).execute()
  if (!past) await getFlag(db, key)
}

/** What operators did to a flag, out of the audit record; a deleted flag keeps its history. */
export function listFlagChanges(db: Reader, key: string) {
  const of = (side: 'before' | 'after', column: string) => sql`${sql.ref(`r.${side}`)} ->> ${sql.lit(column)}`
  return db
    .selectFrom('pm.changes as c')
    .innerJoin('pm.row_images as r', 'r.change_id', 'c.id')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .where(isOfTarget(db, 'c.id', [`flag:${key}`]))
    .where('r.table_name', '=', 'public.feature_flags')
    .where(sql<boolean>`coalesce(${of('after', 'key')}, ${of('before', 'key')}) = ${key}`)
    .select((eb) => [
      'c.id as change',
      'c.made',
      eb.fn.coalesce('u.email', 'c.login').as('by'),
      sql<boolean | null>`(${of('before', 'is_enabled')})::boolean`.as('enabled_before'),
      sql<boolean | null>`(${of('after', 'is_enabled')})::boolean`.as('enabled_after'),
      sql<number | null>`(${of('before', 'rollout_percentage')})::integer`.as('rollout_before'),
      sql<number | null>`(${of('after', 'rollout_percentage')})::integer`.as('rollout_after'),
      'c.reason',
      'c.command',
    ])
}
