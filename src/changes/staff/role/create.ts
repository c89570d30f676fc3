import type {Reader} from '../../../db/transaction.ts'
import {getPermissions} from '../../../queries/staff/permission.ts'
import {Conflict} from '../../../rules/errors.ts'
import type {Plan, RowChange} from '../../plan.ts'
import {counted} from '../../wording.ts'
import {staffChange} from '../staff-change.ts'
import {grantRow, ofRole} from './rows.ts'

interface CreateInput {
  name: string
  description: string | null
  permissions: readonly string[]
}

/** Creates a role, with what it may do. */
export const createRole = staffChange<CreateInput>({grade: 'mild', plan: planCreate})

async function planCreate(db: Reader, {name, description, permissions}: CreateInput): Promise<Plan> {
  const roles = await db.selectFrom('staff_roles').select(['id', 'name']).execute()
  if (roles.some((role) => role.name === name))
    throw new Conflict(`There is a role ${name} already.`, {hint: `Look at it: pm staff role show ${name}`})
  // The tables leave it to the caller to number roles (guide: staff_roles).
  const id = Math.max(0, ...roles.map((role) => role.id)) + 1
  const grants = await getPermissions(db, permissions)
  const what = grants.length > 0 ? `with ${counted(grants.length, 'permission')}` : 'which may do nothing yet'
  const row: RowChange = {
    table: 'public.staff_roles',
    label: `role ${name}`,
    key: {id},
    before: null,
    after: {id, name, description},
  }
  return {
    ...ofRole(name),
    headline: `Create the role ${name}, ${what}.`,
    rows: [row, ...grants.map((grant) => grantRow({id, name}, grant, 'give'))],
    warnings: [],
  }
}
