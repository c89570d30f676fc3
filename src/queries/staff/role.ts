import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'

/** @throws NotFound naming the roles there are */
export async function getRole(db: Reader, name: string): Promise<{id: number; name: string}> {
  const roles = await db.selectFrom('staff_roles').select(['id', 'name']).orderBy('id').execute()
  const role = roles.find((known) => known.name === name)
  if (role) return {id: role.id, name}
  throw new NotFound(`There is no role ${name}.`, {hint: `There are ${roles.map((known) => known.name).join(', ')}.`})
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
