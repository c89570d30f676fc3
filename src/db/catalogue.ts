import type {Kysely} from 'kysely'
import {permissionNames, permissions} from '../rules/permissions.ts'
import {type RoleName, roleNames, roles} from '../rules/roles.ts'
import type {Database} from './schema.ts'
import type {Reader} from './transaction.ts'

/** What of pm's catalogue the platform's tables have, or lack. */
export interface Catalogue {
  permissions: string[]
  roles: string[]
}

/** What the platform's `permissions` and `staff_roles` have of pm's catalogue. */
export async function presentCatalogue(db: Reader): Promise<Catalogue> {
  const known = await db.selectFrom('permissions').select('name').execute()
  const knownRoles = await db.selectFrom('staff_roles').select('name').execute()
  return {
    permissions: permissionNames.filter((name) => known.some((permission) => permission.name === name)),
    roles: roleNames.filter((name) => knownRoles.some((role) => role.name === name)),
  }
}

/**
 * Writes what the platform's `permissions` and `staff_roles` lack of pm's catalogue, and returns what that was. Only a
 * permission or role that is new gets its grants: what an administrator granted or revoked since stays so. Run it in a
 * transaction: a permission without its grants would never get them.
 */
export async function completeCatalogue(trx: Kysely<Database>): Promise<Catalogue> {
  const newPermissions = await addPermissions(trx)
  const newRoles = await addRoles(trx)
  await grant(trx, newPermissions, newRoles)
  return {permissions: [...newPermissions], roles: [...newRoles]}
}

async function addPermissions(trx: Kysely<Database>): Promise<Set<string>> {
  const known = await trx.selectFrom('permissions').select(['id', 'name']).execute()
  const names = new Set(known.map(({name}) => name))
  const missing = permissionNames.filter((name) => !names.has(name))
  const firstId = nextId(known)
  const rows = missing.map((name, index) => ({
    id: firstId + index,
    name,
    description: permissions[name],
    category: name.split('.')[0] ?? 'general',
  }))
  if (rows.length > 0) await trx.insertInto('permissions').values(rows).execute()
  return new Set(missing)
}

async function addRoles(trx: Kysely<Database>): Promise<Set<RoleName>> {
  const known = await trx.selectFrom('staff_roles').select(['id', 'name']).execute()
  const missing = roleNames.filter((name) => !known.some((role) => role.name === name))
  const firstId = nextId(known)
  const rows = missing.map((name, index) => ({id: firstId + index, name, description: roles[name].description}))
  if (rows.length > 0) await trx.insertInto('staff_roles').values(rows).execute()
  return new Set(missing)
}

async function grant(trx: Kysely<Database>, newPermissions: Set<string>, newRoles: Set<RoleName>): Promise<void> {
  const permissionIds = await idsByName(trx, 'permissions')
  const roleIds = await idsByName(trx, 'staff_roles')
  const grants = roleNames.flatMap((role) =>
    roles[role].grants
      .filter((permission) => newPermissions.has(permission) || newRoles.has(role))
      .map((permission) => ({role_id: idOf(roleIds, role), permission_id: idOf(permissionIds, permission)})),
  )
  if (grants.length === 0) return
  await trx
    .insertInto('staff_role_permissions')
    .values(grants)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function idsByName(trx: Kysely<Database>, table: 'permissions' | 'staff_roles'): Promise<Map<string, number>> {
  const rows = await trx.selectFrom(table).select(['id', 'name']).execute()
  return new Map(rows.map(({id, name}) => [name ?? '', id]))
}

function idOf(ids: Map<string, number>, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`${name} is missing after it was added.`)
  return id
}

function nextId(rows: readonly {id: number}[]): number {
  return Math.max(0, ...rows.map(({id}) => id)) + 1
}
