import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A permission there is to give, and the roles that have it. */
export interface PermissionRow {
  permission: string
  description: string | null
  roles: string[]
  topic: string | null
  id: number
}

export interface PermissionFilter {
  role?: string | undefined
  topic?: string | undefined
}

export const permissionOrdering: Ordering = {
  by: {permission: plainly, topic: plainly, id: plainly},
  default: 'permission',
  key: 'id',
}

export function listPermissions(db: Reader, {role, topic}: PermissionFilter) {
  const roles = sql<
    string[]
  >`array(select r.name::text from staff_role_permissions g join staff_roles r on r.id = g.role_id
    where g.permission_id = p.id order by r.id)`
  let permissions = db
    .selectFrom('permissions as p')
    .select((eb) => [
      eb.fn.coalesce('p.name', sql<string>`''`).as('permission'),
      'p.description',
      roles.as('roles'),
      'p.category as topic',
      'p.id',
    ])
  if (role !== undefined) permissions = permissions.where(sql<boolean>`${role} = any(${roles})`)
  if (topic !== undefined) permissions = permissions.where('p.category', '=', topic)
  return permissions
}

/** The permissions of these names, in that order. @throws NotFound */
export async function getPermissions(
  db: Reader,
  names: readonly string[],
): Promise<{id: number; permission: string}[]> {
  const known = await db.selectFrom('permissions').select(['id', 'name']).execute()
  return names.map((permission) => {
    const found = known.find(({name}) => name === permission)
    if (found) return {id: found.id, permission}
    throw new NotFound(`There is no permission ${permission}.`, {
      hint: 'See which there are: pm staff permission list',
      sought: {name: permission, among: known.flatMap(({name}) => name ?? [])},
    })
  })
}

/** What a prompt offers of permissions whose name or description holds what was typed so far. */
export async function searchPermissions(db: Reader, typed: string) {
  const permissions = await listPermissions(db, {})
    .where(sql<boolean>`position(lower(${typed}) in lower(concat_ws(' ', p.name, p.description))) > 0`)
    .orderBy('p.name')
    .limit(20)
    .execute()
  return permissions.map(({permission, description}) => ({
    value: permission,
    name: `${permission}  ${description ?? ''}`,
  }))
}
