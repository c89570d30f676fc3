import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'

/** Somebody on the staff, or with a login to operate. */
export interface StaffRow {
  email: string | null
  name: string | null
  role: string | null
  login: string | null
  enrolled: string | null
  /** Since when the login is revoked. */
  revoked: string | null
  /** False for somebody who has a login and no place on the staff, and so may do nothing. */
  on_staff: boolean
  notes: string | null
  since: string | null
  user_id: string
}

export interface StaffFilter {
  role?: string | undefined
  'without-login'?: boolean | undefined
}

export const staffOrdering: Ordering = {
  by: {
    email: plainly,
    name: plainly,
    role: plainly,
    login: plainly,
    enrolled: plainly,
    revoked: plainly,
    since: plainly,
  },
  default: 'email',
  key: 'user_id',
}

/** The one choice of columns of somebody on the staff, or with a login. Begins with those few, and not with all users. */
export function selectStaff(db: Reader) {
  const people = db
    .selectFrom('staff_members')
    .select('user_id')
    .union(db.selectFrom('pm.operator_logins').select('user_id'))
  return db
    .selectFrom(people.as('s'))
    .leftJoin('users as u', 'u.id', 's.user_id')
    .leftJoin('staff_members as m', 'm.user_id', 's.user_id')
    .leftJoin('staff_roles as r', 'r.id', 'm.role_id')
    .leftJoin('pm.operator_logins as l', 'l.user_id', 's.user_id')
    .select([
      'u.email',
      'u.name',
      'r.name as role',
      'l.login',
      'l.enrolled',
      'l.disabled as revoked',
      sql<boolean>`m.user_id is not null`.as('on_staff'),
      'm.notes',
      'm.created as since',
      's.user_id',
    ])
}

/** The staff, and whoever else has a login that is not revoked. */
export function listStaff(db: Reader, {role, 'without-login': withoutLogin}: StaffFilter) {
  let staff = selectStaff(db).where(sql<boolean>`(m.user_id is not null or l.disabled is null)`)
  if (role !== undefined) staff = staff.where('r.name', '=', role)
  if (withoutLogin) staff = staff.where(sql<boolean>`(l.login is null or l.disabled is not null)`)
  return staff
}
