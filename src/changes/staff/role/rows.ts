import type {Plan, RowChange} from '../../plan.ts'

export interface Role {
  id: number
  name: string
}

export interface Grant {
  id: number
  permission: string
}

/** The row by which a role has a permission, to give or to take. */
export function grantRow(role: Role, {id, permission}: Grant, how: 'give' | 'take'): RowChange {
  const key = {role_id: role.id, permission_id: id}
  const row = {table: 'public.staff_role_permissions', label: `grant of ${permission} to ${role.name}`, key} as const
  return how === 'give' ? {...row, before: null, after: key} : {...row, before: key, after: null}
}

/** What every change of a role says of itself. */
export function ofRole(role: string): Pick<Plan, 'subject' | 'targets' | 'effects'> {
  return {subject: role, targets: [`role:${role}`], effects: []}
}
