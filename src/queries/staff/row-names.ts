import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'

type Row = Readonly<Record<string, unknown>>
type Named = (table: string, row: Row) => string | undefined

/** What people call the rows of the staff's tables, which only refer to people, roles and permissions; undefined for others. */
export async function nameStaffRows(db: Reader, rows: readonly Row[]): Promise<Named> {
  const emails = await emailsOf(db, [
    ...new Set(rows.map(({user_id}) => user_id).filter((id) => typeof id === 'string')),
  ])
  const isGrant = rows.some(({permission_id}) => permission_id !== undefined)
  const permissions = isGrant ? await namesIn(db, 'permissions') : new Map()
  const roles = isGrant ? await namesIn(db, 'staff_roles') : new Map()
  return (table, {user_id, role_id, permission_id}) => {
    if (table === 'public.staff_members' && emails.has(user_id)) return `staff ${emails.get(user_id)}`
    if (table !== 'public.staff_role_permissions') return undefined
    const permission = permissions.get(permission_id) ?? `permission ${permission_id}`
    return `grant of ${permission} to ${roles.get(role_id) ?? `role ${role_id}`}`
  }
}

async function emailsOf(db: Reader, ids: readonly string[]): Promise<Map<unknown, string | null>> {
  if (ids.length === 0) return new Map()
  const users = await db
    .selectFrom('users')
    .where(isAnyOf('id', ids, 'uuid'))
    .where('email', 'is not', null)
    .select(['id', 'email'])
    .execute()
  return new Map(users.map(({id, email}) => [id, email]))
}

// Small tables: all of it.
async function namesIn(db: Reader, table: 'permissions' | 'staff_roles'): Promise<Map<unknown, string | null>> {
  const rows = await db.selectFrom(table).where('name', 'is not', null).select(['id', 'name']).execute()
  return new Map(rows.map(({id, name}) => [id, name]))
}
