import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'
import {usersOf} from './list.ts'

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

/** Who was refused: the ids of users, or a login. */
export type Refused = {users: readonly string[]} | {login: string}

export interface RefusalFilter {
  by?: Refused | undefined
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
  if (by !== undefined)
    refusals = 'users' in by ? refusals.where('r.user_id', 'in', by.users) : refusals.where('r.login', '=', by.login)
  if (since !== undefined) refusals = refusals.where('r.made', '>=', since)
  if (permission !== undefined) refusals = refusals.where('r.permission', '=', permission)
  return refusals
}

/**
 * Who is meant by an e-mail address or a login. Looked up beforehand: only of whom it knows can the planner tell how
 * often they were refused.
 */
export async function refusedBy(db: Reader, by: string): Promise<Refused> {
  const users = await usersOf(db, by).execute()
  return users.length > 0 ? {users: users.map(({id}) => id)} : {login: by}
}
