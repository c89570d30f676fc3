import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChanges, listChangesOf} from '../audit/list.ts'
import {getStaffMember} from './find.ts'
import type {StaffRow} from './list.ts'
import {listGrants} from './role.ts'

type Change = Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>

/** Everything an operator wants to know of somebody on the staff. */
export interface StaffDetail extends StaffRow {
  permissions: string[]
  /** What they did. */
  done: Change[]
  /** What was done to their role and login. */
  changes: Change[]
}

const recentChanges = 10

/** @throws NotFound, Conflict */
export async function getStaffDetail(db: Reader, named: string): Promise<StaffDetail> {
  const {role_id, ...member} = await getStaffMember(db, named)
  const grants = await listGrants(db, role_id)
  const done = await listChanges(db, {})
    .where('c.user_id', '=', member.user_id)
    .orderBy('c.id', 'desc')
    .limit(recentChanges)
    .execute()
  const changes = member.email ? await listChangesOf(db, `staff:${member.email.toLowerCase()}`, recentChanges) : []
  return {
    ...member,
    permissions: grants.map(({permission}) => permission),
    done: done.map(brief),
    changes: changes.map(brief),
  }
}

function brief({id, made, by, command}: ChangeRow): Change {
  return {id, made, by, command}
}
