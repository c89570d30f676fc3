import type {Generated} from 'kysely'

/** A user who is staff; with `role_id` null they have no permissions (guide: staff_members). */
export interface StaffMembersTable {
  user_id: string
  role_id: number | null
  notes: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A role staff can have; the caller gives out `id` (guide: staff_roles). */
export interface StaffRolesTable {
  id: number
  name: string | null
  description: string | null
  created: Generated<string | null>
}

/** A permission a role has, one row per pair (guide: staff_role_permissions). */
export interface StaffRolePermissionsTable {
  role_id: number
  permission_id: number
  created: Generated<string | null>
}

/** A permission there is to give; the caller gives out `id` (guide: permissions). */
export interface PermissionsTable {
  id: number
  name: string | null
  description: string | null
  category: Generated<string | null>
  created: Generated<string | null>
}
