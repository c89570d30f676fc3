import {type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {isAnyOf} from '../any-of.ts'
import type {FoundTenant} from './find.ts'
import {isUuid} from './matches.ts'

/** A user's membership as a write needs it: with its roles as they are stored, which may be null. */
export interface StoredMember {
  tenant_id: string
  user_id: string
  email: string | null
  roles: string[] | null
}

/**
 * The user of a tenant with this e-mail, in any case, or id.
 * @throws NotFound, also for one who left; Conflict where several have the address.
 */
export async function getMember(db: Reader, {id, name}: FoundTenant, named: string): Promise<StoredMember> {
  const address = sql<string | null>`coalesce(u.email, m.email)`
  const members = await db
    .selectFrom('tenant_users as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .where('m.tenant_id', '=', id)
    .where('m.deleted', 'is', null)
    .where(
      isUuid(named) ? sql<SqlBool>`m.user_id = ${named}` : sql<SqlBool>`lower(${address}) = ${named.toLowerCase()}`,
    )
    .select(['m.tenant_id', 'm.user_id', address.as('email'), 'm.roles'])
    .orderBy('m.user_id')
    .execute()
  const [member, another] = members
  if (!member)
    throw new NotFound(`${name ?? id} has no user ${named}.`, {hint: `See who there is: pm tenant users ${id}`})
  if (!another) return member
  throw new Conflict(`Several users of ${name ?? id} have the e-mail ${named}.`, {
    hint: `Give the id: ${firstFew(members.map(({user_id}) => user_id))}`,
  })
}

/** Those of these tenants that nobody owns. */
export async function listUnowned(db: Reader, tenantIds: readonly string[]) {
  return db
    .selectFrom('tenants as t')
    .where(isAnyOf('t.id', tenantIds, 'uuid'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('tenant_users as m')
            .whereRef('m.tenant_id', '=', 't.id')
            .where('m.deleted', 'is', null)
            .where((owners) => owners(owners.val('owner'), '=', owners.fn.any('m.roles'))),
        ),
      ),
    )
    .select(['t.id', 't.name'])
    .orderBy('t.name')
    .orderBy('t.id')
    .execute()
}
