import type {Reader} from '../../../db/transaction.ts'
import {getRole, listGrants, listHolders} from '../../../queries/staff/role.ts'
import {Conflict} from '../../../rules/errors.ts'
import {roleNames} from '../../../rules/roles.ts'
import type {Plan} from '../../plan.ts'
import {counted} from '../../wording.ts'
import {nameOf, namePeople} from '../person.ts'
import {staffChange} from '../staff-change.ts'
import {grantRow, ofRole} from './rows.ts'

/** Deletes a role that nobody has. */
export const deleteRole = staffChange<{role: string}>({grade: 'severe', plan: planDelete})

async function planDelete(db: Reader, {role: wanted}: {role: string}): Promise<Plan> {
  const role = await getRole(db, wanted)
  assertNotBuiltIn(role.name)
  assertNobodys(role.name, await listHolders(db, role.id))
  const grants = await listGrants(db, role.id)
  const {id, name, description} = role
  return {
    ...ofRole(name),
    headline: `Delete the role ${name}, which has ${counted(grants.length, 'permission')}.`,
    rows: [
      ...grants.map((grant) => grantRow(role, grant, 'take')),
      {table: 'public.staff_roles', label: `role ${name}`, key: {id}, before: {name, description}, after: null},
    ],
    warnings: [],
  }
}

function assertNotBuiltIn(role: string): void {
  if (!roleNames.some((builtIn) => builtIn === role)) return
  throw new Conflict(`${role} is built in: pm db setup would make it again.`, {
    hint: `To let it do less: pm staff role revoke ${role} PERMISSION`,
  })
}

function assertNobodys(role: string, holders: Awaited<ReturnType<typeof listHolders>>): void {
  const [first] = holders
  if (!first) return
  throw new Conflict(`${role} is the role of ${namePeople(holders)}.`, {
    hint: `Give them another first: pm staff set-role ${nameOf(first)} ROLE`,
    details: {people: holders.map(nameOf)},
  })
}
