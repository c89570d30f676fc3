import type {Reader} from '../../../db/transaction.ts'
import {getPermissions} from '../../../queries/staff/permission.ts'
import {getRole, listGrants, listHolders} from '../../../queries/staff/role.ts'
import type {Plan} from '../../plan.ts'
import {namePeople} from '../person.ts'
import {staffChange} from '../staff-change.ts'
import {type Grant, grantRow, ofRole} from './rows.ts'

interface PermissionsInput {
  role: string
  permissions: readonly string[]
}

/** Lets a role do more. */
export const grantPermissions = staffChange<PermissionsInput>({grade: 'moderate', plan: planGrant})

/** Lets a role do less. */
export const revokePermissions = staffChange<PermissionsInput>({grade: 'moderate', plan: planRevoke})

async function planGrant(db: Reader, {role: wanted, permissions}: PermissionsInput): Promise<Plan> {
  const role = await getRole(db, wanted)
  const held = await listGrants(db, role.id)
  const asked = await getPermissions(db, permissions)
  const missing = asked.filter(({id}) => !held.some((grant) => grant.id === id))
  return {
    ...ofRole(role.name),
    headline: `Let ${role.name} do more: ${namesOf(missing, asked)}.`,
    rows: missing.map((grant) => grantRow(role, grant, 'give')),
    warnings: await concerned(db, role.id),
  }
}

async function planRevoke(db: Reader, {role: wanted, permissions}: PermissionsInput): Promise<Plan> {
  const role = await getRole(db, wanted)
  const held = await listGrants(db, role.id)
  const asked = await getPermissions(db, permissions)
  const given = asked.filter(({id}) => held.some((grant) => grant.id === id))
  return {
    ...ofRole(role.name),
    headline: `Let ${role.name} do less: no ${namesOf(given, asked)}.`,
    rows: given.map((grant) => grantRow(role, grant, 'take')),
    warnings: await concerned(db, role.id),
  }
}

/** What changes, or what was asked for where nothing does. */
function namesOf(changing: readonly Grant[], asked: readonly Grant[]): string {
  return (changing.length > 0 ? changing : asked).map(({permission}) => permission).join(', ')
}

async function concerned(db: Reader, roleId: number): Promise<string[]> {
  const holders = await listHolders(db, roleId)
  return holders.length === 0 ? [] : [`It is the role of ${namePeople(holders)}.`]
}
