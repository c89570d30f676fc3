import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {UnknownNames} from '../../rules/about-names.ts'
import {Conflict} from '../../rules/errors.ts'
import {soughtOf} from '../../rules/sought.ts'
import {isAnyCaseOf, isAnyOf} from '../any-of.ts'
import {eachOnce} from '../each-once.ts'
import {isNamed} from '../names.ts'
import type {FoundTenant} from './find.ts'
import {isUuid} from './matches.ts'

/** A tenant, and one way in which it is called. */
interface Called extends FoundTenant {
  called: string
}

/**
 * The tenants with these names, each as `getTenant` would find it, in the order given.
 * @throws NotFound naming every unknown one; Conflict where several tenants fit one; UsageError where two names mean the
 *   same tenant
 */
export async function getTenants(db: Reader, names: readonly string[]): Promise<FoundTenant[]> {
  const found = await candidates(db, names)
  const tenants = new Map(found.map(({called: _, ...tenant}) => [tenant.id, tenant]))
  const byName = Map.groupBy(found, ({called}) => called.toLowerCase())
  const meaning = (name: string) => {
    const ids = new Set(byName.get(name.toLowerCase())?.map(({id}) => id))
    return [...ids].flatMap((id) => tenants.get(id) ?? [])
  }
  const missing = names.filter((name) => !byName.has(name.toLowerCase()))
  if (missing.length > 0) throw unknown(missing)
  return eachOnce(names, (name) => [theOne(name, meaning(name))], 'tenant')
}

async function candidates(db: Reader, names: readonly string[]): Promise<Called[]> {
  const tenants = db.selectFrom('tenants as t').select(['t.id', 't.name', 't.deleted'])
  const kinds = Map.groupBy(names, kindOf)
  const [ids = [], customers = [], subscriptions = []] = [kinds.get('id'), kinds.get('cus'), kinds.get('sub')]
  const words = kinds.get('words') ?? []
  const byName = await tenants.where(isAnyCaseOf('t.name', words)).select(sql<string>`t.name`.as('called')).execute()
  // A domain counts only where no tenant has the name.
  const taken = new Set(byName.map(({called}) => called.toLowerCase()))
  const domains = words.filter((word) => !taken.has(word.toLowerCase()))
  return [
    ...byName,
    ...(await tenants
      .where(isAnyOf('t.id', ids, 'uuid'))
      .select('t.id as called')
      .execute()),
    ...(await tenants
      .innerJoin('tenant_config as c', 'c.tenant_id', 't.id')
      .where(isAnyOf('c.stripe_customer_id', customers, 'text'))
      .select(sql<string>`c.stripe_customer_id`.as('called'))
      .execute()),
    ...(await tenants
      .innerJoin('subscriptions as s', 's.tenant_id', 't.id')
      .where(isAnyOf('s.stripe_subscription_id', subscriptions, 'text'))
      .select(sql<string>`s.stripe_subscription_id`.as('called'))
      .execute()),
    ...(await tenants
      .innerJoin('domains as d', 'd.tenant_id', 't.id')
      .where(isNamed(db, 'd.id', 'pm.domain_names', domains))
      .select('d.domain as called')
      .execute()),
  ]
}

function kindOf(name: string): 'id' | 'cus' | 'sub' | 'words' {
  if (isUuid(name)) return 'id'
  if (/^cus_\w+$/.test(name)) return 'cus'
  return /^sub_\w+$/.test(name) ? 'sub' : 'words'
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
