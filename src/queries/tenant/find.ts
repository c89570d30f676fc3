import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound, UsageError} from '../../rules/errors.ts'
import {isNamed} from '../names.ts'
import {isUuid} from './matches.ts'

/** A tenant as it is needed to act on it. */
export interface FoundTenant {
  id: string
  name: string | null
  deleted: string | null
}

/**
 * The tenant an operator named: by id, name in any case, one of its domains, its Stripe customer or subscription.
 * Where some that fit are deleted and others not, one of those that are preferred.
 * @throws UsageError for no name; NotFound; Conflict listing the ids where several tenants fit.
 */
export async function getTenant(
  db: Reader,
  named: string,
  prefer: 'living' | 'deleted' = 'living',
): Promise<FoundTenant> {
  if (named.trim() === '') throw new UsageError('Which tenant?', {hint: 'Its name is empty.'})
  const found = await candidates(db, named)
  const preferred = found.filter(({deleted}) => (deleted === null) === (prefer === 'living'))
  const [tenant, another] = preferred.length > 0 ? preferred : found
  if (!tenant)
    throw new NotFound(`No tenant ${named}.`, {
      hint: 'Give its name, its id, a domain of it, or its Stripe id.',
      sought: {name: named, among: 'tenant'},
    })
  if (!another) return tenant
  throw new Conflict(`Several tenants fit ${named}.`, {
    hint: `Give the id: ${found.map(({id}) => id).join(', ')}`,
    details: found,
  })
}

/** The other tenants of the same name, in any case. */
export async function listNamesakes(db: Reader, {id, name}: FoundTenant): Promise<FoundTenant[]> {
  if (name === null) return []
  return db
    .selectFrom('tenants as t')
    .where(sql<string>`lower(t.name)`, '=', name.toLowerCase())
    .where('t.id', '<>', id)
    .select(['t.id', 't.name', 't.deleted'])
    .orderBy('t.id')
    .execute()
}

/** The id of the tenant that a flag names, where it was given. @throws NotFound, Conflict */
export async function findTenantId(db: Reader, named: string | undefined): Promise<string | undefined> {
  return named === undefined ? undefined : (await getTenant(db, named)).id
}

/** How the record of changes names a tenant. */
export function tenantTarget({id, name}: Pick<FoundTenant, 'id' | 'name'>): string {
  return `tenant:${name ?? id}`
}

async function candidates(db: Reader, named: string): Promise<FoundTenant[]> {
  const tenants = db.selectFrom('tenants as t').select(['t.id', 't.name', 't.deleted']).distinct()
  if (isUuid(named)) return tenants.where('t.id', '=', named).execute()
  if (/^cus_\w+$/.test(named)) {
    return tenants
      .innerJoin('tenant_config as c', 'c.tenant_id', 't.id')
      .where('c.stripe_customer_id', '=', named)
      .execute()
  }
  if (/^sub_\w+$/.test(named)) {
    return tenants
      .innerJoin('subscriptions as s', 's.tenant_id', 't.id')
      .where('s.stripe_subscription_id', '=', named)
      .execute()
  }
  const byName = await tenants.where(sql<string>`lower(t.name)`, '=', named.toLowerCase()).execute()
  if (byName.length > 0) return byName
  return tenants
    .innerJoin('domains as d', 'd.tenant_id', 't.id')
    .where(isNamed(db, 'd.id', 'pm.domain_names', [named]))
    .execute()
}
