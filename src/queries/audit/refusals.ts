import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'
import {isBy} from './list.ts'

/** What an operator tried without the permission. */
export interface RefusalRow {
  id: number
  made: string
  by: string
  command: string
  permission: string
  /** What it was about to touch; empty where it was refused before that was looked up. */
  targets: string[]
}

export interface RefusalFilter {
  /** Login or e-mail. */
  by?: string | undefined
  since?: string | undefined
  permission?: string | undefined
}

export const refusalOrdering: Ordering = {
  by: {id: plainly, made: plainly},
  default: '-id',
  key: 'id',
  neverNull: ['id', 'made'],
}

/** What operators were refused; those of others are seen with `audit.read` alone. */
export function listRefusals(db: Reader, {by, since, permission}: RefusalFilter) {
  let refusals = db
    .selectFrom('pm.refusals as r')
    .leftJoin('users as u', 'u.id', 'r.user_id')
    .select((eb) => [
      'r.id',
      'r.made',
      eb.fn.coalesce('u.email', 'r.login').as('by'),
      'r.command',
      'r.permission',
      'r.targets',
    ])
  if (by !== undefined) refusals = refusals.where(isBy(db, 'r', by))
  if (since !== undefined) refusals = refusals.where('r.made', '>=', since)
  if (permission !== undefined) refusals = refusals.where('r.permission', '=', permission)
  return refusals
}
