import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'

/** @throws NotFound naming the roles there are */
export async function getRole(db: Reader, name: string) {
  const roles = await db.selectFrom('staff_roles').select(['id', 'name', 'description']).orderBy('id').execute()
  const role = roles.find((known) => known.name === name)
  if (role) return {...role, name}
  const names = roles.flatMap((known) => known.name ?? [])
  throw new NotFound(`There is no role ${name}.`, {
    hint: `There are ${names.join(', ')}.`,
    sought: {name, among: names},
  })
}

/** The names of the roles that have a permission, the built-in ones first. */
export async function listRolesWith(db: Reader, permission: string): Promise<string[]> {
  const roles = await db
    .selectFrom('staff_roles as r')
    .innerJoin('staff_role_permissions as g', 'g.role_id', 'r.id')
    .innerJoin('permissions as p', 'p.id', 'g.permission_id')
    .where('p.name', '=', permission)
    .select('r.name')
    .orderBy('r.id')
    .execute()
  return roles.flatMap(({name}) => name ?? [])
}

/** Whether a user is on the staff, and in which role; undefined where they are not. */
export async function findStaffRole(db: Reader, userId: string): Promise<{role: string | null} | undefined> {
  return db
    .selectFrom('staff_members as m')
    .leftJoin('staff_roles as r', 'r.id', 'm.role_id')
    .where('m.user_id', '=', userId)
    .select('r.name as role')
    .executeTakeFirst()
}

/** What a role may, by name, in alphabetical order; nothing for no role. */
export async function listGrants(db: Reader, roleId: number | null): Promise<{id: number; permission: string}[]> {
  if (roleId === null) return []
  const grants = await db
    .selectFrom('staff_role_permissions as g')
    .innerJoin('permissions as p', 'p.id', 'g.permission_id')
    .where('g.role_id', '=', roleId)
    .select(['p.id', 'p.name as permission'])
    .orderBy('p.name')
    .execute()
  return grants.map(({id, permission}) => ({id, permission: permission ?? `${id}`}))
}

/** Who has a role, in the order of their addresses. */
export async function listHolders(db: Reader, roleId: number) {
  return db
    .selectFrom('staff_members as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('pm.operator_logins as l', 'l.user_id', 'm.user_id')
    .where('m.role_id', '=', roleId)
    .select(['u.email', 'u.name', 'l.login', 'l.disabled as revoked', 'm.user_id'])
    .orderBy('u.email')
    .execute()
}
