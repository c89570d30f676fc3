import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {roleNames} from '../../rules/roles.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A role as operators see it. */
export interface RoleRow {
  name: string
  description: string | null
  people: number
  permissions: string[]
  /** Whether `pm db setup` made it, and would make it again. */
  built_in: boolean
  created: string | null
  id: number
}

export const roleOrdering: Ordering = {
  by: {id: plainly, name: plainly, people: plainly, created: plainly},
  default: 'id',
  key: 'id',
}

/** The one choice of a role's columns. */
export function selectRoles(db: Reader) {
  const builtIn = sql.join(roleNames.map((name) => sql.lit(name)))
  return db.selectFrom('staff_roles as r').select((eb) => [
    eb.fn.coalesce('r.name', sql<string>`''`).as('name'),
    'r.description',
    eb
      .selectFrom('staff_members as m')
      .whereRef('m.role_id', '=', 'r.id')
      .select((members) => members.fn.countAll<number>().as('count'))
      .$asScalar()
      .$notNull()
      .as('people'),
    sql<string[]>`array(select p.name::text from staff_role_permissions g join permissions p on p.id = g.permission_id
      where g.role_id = r.id order by p.name)`.as('permissions'),
    sql<boolean>`coalesce(r.name in (${builtIn}), false)`.as('built_in'),
    'r.created',
    'r.id',
  ])
}

/** What a prompt offers of roles whose name holds what was typed so far. */
export async function searchRoles(db: Reader, typed: string) {
  const roles = await selectRoles(db)
    .where(sql<boolean>`position(lower(${typed}) in lower(r.name)) > 0`)
    .orderBy('r.id')
    .limit(20)
    .execute()
  return roles.map(({name, description}) => ({value: name, name: `${name}  ${description ?? ''}`}))
}
