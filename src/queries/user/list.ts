import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {hasId} from '../names.ts'
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
  if (tenantId !== undefined) users = users.where('u.id', 'in', membersOf(db, tenantId))
  return users.$if(search !== undefined, (all) =>
    all
      .innerJoin(namesOfUsers(db).as('found'), (join) => join.on(hasId('u.id', 'found.id')))
      .where(beginsWith('found.match', search ?? ''))
      // Who is found by both is found by the e-mail.
      .where((eb) =>
        eb.or([eb('found.is_email', '=', true), sql<boolean>`(${beginsWith('u.email', search ?? '')}) is not true`]),
      )
      .select('found.match'),
  )
}

// Each has an index: PostgreSQL merges the two, in their order.
function namesOfUsers(db: Reader) {
  const emails = db.selectFrom('users').select(['id', 'email as match', sql<boolean>`true`.as('is_email')])
  return emails.unionAll(db.selectFrom('users').select(['id', 'name as match', sql<boolean>`false`.as('is_email')]))
}

function membersOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('tenant_users as i')
    .where('i.tenant_id', '=', tenantId)
    .where('i.deleted', 'is', null)
    .select('i.user_id')
}
