import type {Reader} from '../db/transaction.ts'
import {planSlugs} from './plan/names.ts'

/** What plans and roles are called, by their ids as a plan of a change has them (`called`). */
export async function namesOfIds(db: Reader): Promise<Record<string, string>> {
  const roles = await db.selectFrom('staff_roles').select(['id', 'name']).execute()
  return {
    ...(await planSlugs(db)),
    ...Object.fromEntries(roles.map(({id, name}) => [`role_id ${id}`, name ?? `${id}`])),
  }
}
