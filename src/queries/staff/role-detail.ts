import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {getRole, listHolders} from './role.ts'
import {type RoleRow, selectRoles} from './role-list.ts'

/** Everything an operator wants to know of one role. */
export interface RoleDetail extends RoleRow {
  holders: {email: string | null; name: string | null; login: string | null; revoked: string | null; user_id: string}[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 10

/** @throws NotFound */
export async function getRoleDetail(db: Reader, named: string): Promise<RoleDetail> {
  const {id, name} = await getRole(db, named)
  const role = await selectRoles(db).where('r.id', '=', id).executeTakeFirstOrThrow()
  const changes = await listChangesOf(db, `role:${name}`, recentChanges)
  return {
    ...role,
    holders: await listHolders(db, id),
    changes: changes.map(({id: change, made, by, command}) => ({id: change, made, by, command})),
  }
}
