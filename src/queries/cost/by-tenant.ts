import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../ip/assignments.ts'
import type {CostRow} from './by-group.ts'

/**
 * What each tenant costs, by name: the IPs that it sends by, each by its share of the live domains on it. One tenant after
 * the other is reckoned, from nothing but its own domains and IPs.
 * @param limit how many tenants; all of them if left out
 */
export function costsOfTenants(db: Reader, limit: number | undefined) {
  const costs = db
    .selectFrom('tenants as t')
    .innerJoinLateral(costOfTenant(db).as('c'), (join) => join.onTrue())
    .select([sql<string>`coalesce(t.name, t.id::text)`.as('name'), 'c.ips', 'c.domains', 'c.cost'])
    .orderBy(sql`coalesce(t.name, '')`)
    .orderBy('t.id')
  return limit === undefined ? costs : costs.limit(limit)
}

/** What the IPs cost that no live domain sends by; null where there is none. */
export async function costOfIdle(db: Reader): Promise<CostRow | null> {
  const idle = await selectPriced(db)
    // The offset keeps PostgreSQL from reading all assignments to join them: an index tells of each IP.
    .where(({not, exists}) => not(exists(liveOn(db, 'i.id').offset(0))))
    .select((eb) => [eb.fn.countAll<number>().as('ips'), sql<string>`round(coalesce(sum(${price}), 0), 2)`.as('cost')])
    .executeTakeFirstOrThrow()
  return idle.ips === 0 ? null : {name: '(idle)', domains: 0, ...idle}
}

/** Of an IP, its own price and its share of what its VPS costs. */
const price = sql<string>`(coalesce(i.approximate_cost, 0)
  + coalesce(v.monthly_cost / (select count(*) from smtp_ip_addresses n where n.vps_instance_id = v.id), 0))`

function selectPriced(db: Reader) {
  return db.selectFrom('smtp_ip_addresses as i').leftJoin('vps_instances as v', 'v.id', 'i.vps_instance_id')
}

function costOfTenant(db: Reader) {
  return selectPriced(db)
    .innerJoin(ipsOfTenant(db).as('u'), 'u.ip_id', 'i.id')
    .select((eb) => [
      eb.fn.countAll<number>().as('ips'),
      sql<number>`coalesce(sum(u.domains), 0)::integer`.as('domains'),
      sql<string>`round(coalesce(sum(${price} * u.domains / u.of_domains), 0), 2)`.as('cost'),
    ])
}

/** The IPs that tenant `t` sends by: how many of the live domains on each are its own. */
function ipsOfTenant(db: Reader) {
  return db
    .selectFrom('domains as d')
    .innerJoin('domain_ip_assignments as a', 'a.domain_id', 'd.id')
    .where('d.tenant_id', '=', sql<string>`t.id`)
    .where('a.status', 'in', liveStatuses)
    .select((eb) => [
      'a.smtp_ip_address_id as ip_id',
      eb.fn.countAll<number>().as('domains'),
      liveOn(db, 'a.smtp_ip_address_id').select(eb.fn.countAll<number>().as('n')).$asScalar().as('of_domains'),
    ])
    .groupBy('a.smtp_ip_address_id')
}

function liveOn(db: Reader, ip: 'i.id' | 'a.smtp_ip_address_id') {
  return db
    .selectFrom('domain_ip_assignments as o')
    .where('o.smtp_ip_address_id', '=', sql.ref<string>(ip))
    .where('o.status', 'in', liveStatuses)
}
