import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** A user as operators see them. */
export interface UserRow {
  email: string | null
  name: string | null
  /** How many tenants they are in. */
  tenants: number
  /** Their role on the staff; null for those who are not on it, or have none. */
  staff: string | null
  verified: string | null
  created: string | null
  deleted: string | null
  id: string
}

/** The one choice of a user's columns; list and show share it. */
export function selectUsers(db: Reader) {
  return db
    .selectFrom('users as u')
    .leftJoin('staff_members as f', 'f.user_id', 'u.id')
    .leftJoin('staff_roles as r', 'r.id', 'f.role_id')
    .select((eb) => [
      'u.email',
      'u.name',
      eb
        .selectFrom('tenant_users as m')
        .where('m.user_id', '=', sql<string>`u.id`)
        .where('m.deleted', 'is', null)
        .select((members) => members.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('tenants'),
      'r.name as staff',
      'u.email_verified as verified',
      'u.created',
      'u.deleted',
      'u.id',
    ])
}
