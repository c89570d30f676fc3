import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {CostGroup} from '../../rules/cost-group.ts'

/** What a region, VPS or tenant costs a month: its VPS instances and the IPs on them. */
export interface CostRow {
  name: string
  ips: number
  domains: number
  /** Decimal, in the provider's currency. */
  cost: string
}

/** What each region or VPS costs, the dearest first. It adds up every VPS and IP. */
export async function listCosts(db: Reader, by: Exclude<CostGroup, 'tenant'>): Promise<CostRow[]> {
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
