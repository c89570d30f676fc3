import type {Reader} from '../../db/transaction.ts'
import {chronologically, type Ordering, textually} from '../paging.ts'
import {beginsWith} from '../prefix.ts'
import {selectUsers} from './columns.ts'

export interface UserFilter {
  tenantId?: string | undefined
  /** How the e-mail or the name begins, in any case. */
  search?: string | undefined
  /** Only who is on the staff, with or without a role. */
  staff?: boolean | undefined
}

export const userOrdering: Ordering = {
  by: {email: textually, created: chronologically},
  default: 'email',
  key: 'id',
  neverNull: ['email', 'created'],
}

export function listUsers(db: Reader, {tenantId, search, staff}: UserFilter) {
  let users = selectUsers(db)
  if (staff) users = users.where('f.user_id', 'is not', null)
  if (search !== undefined)
    users = users.where((eb) => eb.or([beginsWith('u.email', search), beginsWith('u.name', search)]))
  if (tenantId !== undefined) users = users.where('u.id', 'in', membersOf(db, tenantId))
  return users
}

function membersOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('tenant_users as i')
    .where('i.tenant_id', '=', tenantId)
    .where('i.deleted', 'is', null)
    .select('i.user_id')
}
