import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {CostGroup} from '../../rules/cost-group.ts'
import {liveStatuses} from '../ip/assignments.ts'

/** What a region, VPS or tenant costs a month: its VPS instances and the IPs on them. */
export interface CostRow {
  name: string
  ips: number
  domains: number
  /** Decimal, in the provider's currency. */
  cost: string
}

/** Spending, dearest first. It adds up everything, so it reads every VPS and IP, and for tenants every assignment. */
export async function listCosts(db: Reader, by: CostGroup): Promise<CostRow[]> {
  return by === 'tenant' ? costsByTenant(db) : costsByPlace(db, by)
}

async function costsByPlace(db: Reader, by: Exclude<CostGroup, 'tenant'>): Promise<CostRow[]> {
  const name =
    by === 'region'
      ? sql<string>`coalesce(v.region, '(none)')`
      : sql<string>`coalesce(v.hostwinds_instance_id, v.id::text)`
  return db
    .selectFrom('vps_instances as v')
    .leftJoin(ipTotals(db).as('n'), 'n.vps_instance_id', 'v.id')
    .where((eb) => eb(eb.fn.coalesce('v.status', sql.lit('active')), '<>', 'decommissioned'))
    .select([
      name.as('name'),
      sql<number>`coalesce(sum(n.ips), 0)::integer`.as('ips'),
      sql<number>`coalesce(sum(n.domains), 0)::integer`.as('domains'),
      sql<string>`round(sum(coalesce(v.monthly_cost, 0) + coalesce(n.cost, 0)), 2)`.as('cost'),
    ])
    .groupBy(name)
    .orderBy('cost', 'desc')
    .orderBy('name')
    .execute()
}

function ipTotals(db: Reader) {
  return db
    .selectFrom('smtp_ip_addresses as i')
    .select((eb) => [
      'i.vps_instance_id',
      eb.fn.countAll<number>().as('ips'),
      sql<number>`coalesce(sum(i.assigned_count), 0)`.as('domains'),
      sql<string>`coalesce(sum(i.approximate_cost), 0)`.as('cost'),
    ])
    .groupBy('i.vps_instance_id')
}

/**
 * An IP costs its own price and its share of its VPS; the tenants that send by it share that by their live domains.
 * What nobody sends by is idle.
 */
async function costsByTenant(db: Reader): Promise<CostRow[]> {
  const name = sql<string>`case when s.tenant_id is null then '(idle)' else coalesce(t.name, s.tenant_id::text) end`
  return db
    .selectFrom(priceOfIps(db).as('p'))
    .leftJoin(shares(db).as('s'), 's.ip_id', 'p.id')
    .leftJoin('tenants as t', 't.id', 's.tenant_id')
    .select([
      name.as('name'),
      sql<number>`count(*)`.as('ips'),
      sql<number>`coalesce(sum(s.domains), 0)::integer`.as('domains'),
      sql<string>`round(sum(p.price * coalesce(s.domains / s.of_domains, 1)), 2)`.as('cost'),
    ])
    .groupBy(['s.tenant_id', 't.name'])
    .orderBy('cost', 'desc')
    .orderBy('name')
    .execute()
}

function priceOfIps(db: Reader) {
  return db
    .selectFrom('smtp_ip_addresses as i')
    .leftJoin('vps_instances as v', 'v.id', 'i.vps_instance_id')
    .select([
      'i.id',
      sql<string>`coalesce(i.approximate_cost, 0)
        + coalesce(v.monthly_cost / count(*) over (partition by i.vps_instance_id), 0)`.as('price'),
    ])
}

/** How many of an IP's live domains are a tenant's, and how many it carries altogether. */
function shares(db: Reader) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .where('a.status', 'in', liveStatuses)
    .select((eb) => ['a.smtp_ip_address_id as ip_id', 'd.tenant_id', eb.fn.countAll<number>().as('domains')])
    .select(sql<string>`sum(count(*)) over (partition by a.smtp_ip_address_id)`.as('of_domains'))
    .groupBy(['a.smtp_ip_address_id', 'd.tenant_id'])
}
