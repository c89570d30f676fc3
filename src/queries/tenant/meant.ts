import {type RawBuilder, sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import {UnknownNames} from '../../rules/about-names.ts'
import {Conflict} from '../../rules/errors.ts'
import {soughtOf} from '../../rules/sought.ts'
import {eachOnce} from '../each-once.ts'
import type {FoundTenant} from './find.ts'
import {isUuid} from './matches.ts'

/** How a tenant, or a subscription, can be named. */
export type NameKind = 'uuid' | 'stripe customer' | 'stripe subscription' | 'words'

export function nameKindOf(name: string): NameKind {
  if (isUuid(name)) return 'uuid'
  if (/^cus_\w+$/.test(name)) return 'stripe customer'
  return /^sub_\w+$/.test(name) ? 'stripe subscription' : 'words'
}

type Meanings = readonly ((named: RawBuilder<unknown>) => RawBuilder<unknown>)[]

/** Names with the ids of the tenants that they mean themselves; a query for each index that is used. */
export const tenantsNamed: Readonly<Record<NameKind, Meanings>> = {
  uuid: [(named) => sql`select n.name, n.name::uuid from ${named}`],
  'stripe customer': [
    (named) => sql`select n.name, c.tenant_id from ${named} join tenant_config c on c.stripe_customer_id = n.name`,
  ],
  'stripe subscription': [],
  // A domain counts only where no tenant has the name.
  words: [
    (named) => sql`select n.name, t.id from ${named} join tenants t on lower(t.name) = lower(n.name)`,
    (named) => sql`select distinct n.name, d.tenant_id from ${named} join domains d on lower(d.domain) = lower(n.name)
      where not exists (select from tenants t where lower(t.name) = lower(n.name))`,
  ],
}

const meanings: typeof tenantsNamed = {
  ...tenantsNamed,
  'stripe subscription': [
    (named) => sql`select n.name, s.tenant_id from ${named} join subscriptions s on s.stripe_subscription_id = n.name`,
  ],
}

/** Names as a table `n` with one column. */
export function namesTable(names: readonly string[]): RawBuilder<unknown> {
  return sql`unnest(${names}::text[]) n (name)`
}

interface Meant extends FoundTenant {
  /** As it was named. */
  called: string
}

// Fewer, and the server would go through its tables as often as there are batches.
const batchSize = 10_000

/**
 * The tenants with these names, each as `getTenant` would find it, in the order given.
 * @throws NotFound naming every unknown one; Conflict where several tenants fit one; UsageError where two names mean the
 *   same tenant
 */
export async function getTenants(db: Reader, names: readonly string[]): Promise<FoundTenant[]> {
  const byName = new Map<string, FoundTenant[]>()
  const byId = new Map<string, FoundTenant>()
  for (let at = 0; at < names.length; at += batchSize) {
    for (const {called, ...tenant} of await listMeant(db, names.slice(at, at + batchSize))) {
      const known = byId.get(tenant.id) ?? tenant
      byId.set(tenant.id, known)
      byName.set(called, [...(byName.get(called) ?? []), known])
    }
  }
  const missing = names.filter((name) => !byName.has(name))
  if (missing.length > 0) throw unknown(missing)
  return eachOnce(names, (name) => [theOne(name, byName.get(name) ?? [])], 'tenant')
}

function listMeant(db: Reader, names: readonly string[]): Promise<Meant[]> {
  const queries = [...Map.groupBy(names, nameKindOf)].flatMap(([kind, some]) =>
    meanings[kind].map((meant) => meant(namesTable(some))),
  )
  return readRaw(
    db,
    sql<Meant>`select m.name as called, t.id, t.name, t.deleted
      from (${sql.join(queries, sql` union all `)}) m (name, tenant_id) join tenants t on t.id = m.tenant_id`,
  )
}

function theOne(name: string, fitting: readonly FoundTenant[]): FoundTenant {
  const living = fitting.filter(({deleted}) => deleted === null)
  const [tenant, another] = living.length > 0 ? living : fitting
  if (tenant && !another) return tenant
  throw new Conflict(`Several tenants fit ${name}.`, {
    hint: `Give the id: ${fitting.map(({id}) => id).join(', ')}`,
    details: fitting,
  })
}

function unknown(missing: readonly string[]): UnknownNames {
  return new UnknownNames(missing.length === 1 ? 'tenant' : 'tenants', missing, {
    hint: 'Give its name, its id, a domain of it, or its Stripe id.',
    ...soughtOf(missing, 'tenant'),
  })
}
