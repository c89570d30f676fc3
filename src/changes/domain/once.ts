import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {listHolders, listPrimaries} from '../../queries/domain/find.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import type {Plan, RowChange} from '../plan.ts'

type Written = Pick<Plan<object>, 'rows'>

/**
 * A domain that the plan adds is nobody else's. No constraint says so: two operators who add one name meet at a lock of
 * the name, and the second sees the first.
 * @throws Conflict
 */
export async function verifyHeldOnce(db: Reader, {rows}: Written): Promise<void> {
  const added = rows.filter((row) => isDomain(row) && row.before === null)
  const names = added.map(({after}) => String(after?.domain).toLowerCase())
  await lock(db, 'domain', names)
  const holders = names.length === 0 ? [] : await listHolders(db, names)
  const byName = Map.groupBy(holders, ({domain}) => domain.toLowerCase())
  const twice = [...byName].flatMap(([name, held]) => (held.length > 1 ? name : []))
  if (twice.length > 0) throw meanwhile(`Another tenant has it: ${firstFew(twice)}.`)
}

/**
 * A tenant that the plan gives a primary domain has no other. Two operators meet at a lock of the tenant.
 * @throws Conflict
 */
export async function verifyOnePrimary(db: Reader, {rows}: Written): Promise<void> {
  const made = rows.filter((row) => isDomain(row) && row.after?.is_primary === true)
  const tenants = await tenantsOf(
    db,
    made.map(({key}) => String(key.id)),
  )
  await lock(db, 'primary', tenants)
  const primaries = tenants.length === 0 ? [] : await listPrimaries(db, tenants)
  const byTenant = Map.groupBy(primaries, ({tenant_id}) => tenant_id)
  const twice = [...byTenant.values()].find(({length}) => length > 1)
  if (twice) throw meanwhile(`Several domains would be primary: ${firstFew(twice.map(({domain}) => domain))}.`)
}

function isDomain({table}: RowChange): boolean {
  return table === 'public.domains'
}

async function tenantsOf(db: Reader, domainIds: readonly string[]): Promise<string[]> {
  if (domainIds.length === 0) return []
  const rows = await db
    .selectFrom('domains')
    .where(isAnyOf('id', domainIds, 'uuid'))
    .select('tenant_id')
    .distinct()
    .execute()
  return rows.map(({tenant_id: id}) => id)
}

// In the same order everywhere, and held until the end of the transaction.
async function lock(db: Reader, what: string, names: readonly string[]): Promise<void> {
  for (const name of [...names].sort()) {
    const key = sql`pg_advisory_xact_lock(hashtextextended(${`${what} ${name}`}, 0))`
    await db.selectNoFrom(key.as('locked')).executeTakeFirst()
  }
}

function meanwhile(message: string): Conflict {
  return new Conflict(`${message} Nothing was changed.`, {
    hint: 'Run the command again to see how things stand now.',
  })
}
