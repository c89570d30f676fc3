import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {listUnowned} from '../../queries/tenant/member.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Columns, Plan, RowChange} from '../plan.ts'

/**
 * A tenant that the plan takes an owner from has another. Two operators who take the last two away meet at a lock of the
 * tenant's own, and the second sees what the first did.
 * @throws Conflict
 */
export async function verifyOwned(db: Reader, {rows}: Pick<Plan<object>, 'rows'>): Promise<void> {
  const tenants = [...new Set(rows.filter(takesOwner).map(({key}) => String(key.tenant_id)))].sort()
  for (const id of tenants) {
    await db
      .selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended('owners ' || ${id}, 0))`.as('locked'))
      .executeTakeFirst()
  }
  const [unowned] = tenants.length === 0 ? [] : await listUnowned(db, tenants)
  if (!unowned) return
  throw new Conflict(`Nobody would own ${unowned.name ?? unowned.id}. Nothing was changed.`, {
    hint: `Make somebody else an owner first: pm tenant role ${unowned.id} USER --add owner`,
    details: {tenant_id: unowned.id},
  })
}

function takesOwner({table, before, after}: RowChange): boolean {
  return table === 'public.tenant_users' && owns(before) && !owns(after)
}

function owns(row: Columns | null): boolean {
  return Array.isArray(row?.roles) && row.roles.includes('owner')
}
