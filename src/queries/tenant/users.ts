import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, textually} from '../paging.ts'

/** A user's membership in a tenant. */
export interface MemberRow {
  email: string | null
  name: string | null
  roles: string[]
  /** When they joined. */
  joined: string | null
  left: string | null
  user_id: string
}

export const memberOrdering: Ordering = {
  by: {email: textually, name: textually},
  default: 'email',
  key: 'user_id',
  neverNull: ['email', 'name'],
}

/** The users of a tenant; those who left only if asked for. */
export function listMembers(db: Reader, tenantId: string, {left}: {left?: boolean | undefined} = {}) {
  const members = selectMembers(db).where('m.tenant_id', '=', tenantId)
  return left ? members : members.where('m.deleted', 'is', null)
}

/** The one choice of a membership's columns. */
function selectMembers(db: Reader) {
  return db
    .selectFrom('tenant_users as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .select([
      sql<string | null>`coalesce(u.email, m.email)`.as('email'),
      'u.name',
      sql<string[]>`coalesce(m.roles, '{}')`.as('roles'),
      'm.created as joined',
      'm.deleted as left',
      'm.user_id',
    ])
}
