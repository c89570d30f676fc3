import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {VpsStatus} from '../../rules/vps-lifecycle.ts'
import {naturally, type Ordering, plainly} from '../paging.ts'

/** A VPS instance with what it carries and what that costs a month. Costs are decimals in the provider's currency. */
export interface VpsRow {
  vps: string
  status: VpsStatus | null
  region: string | null
  address: string | null
  ips: number
  domains: number
  monthly_cost: string | null
  cost_per_ip: string | null
  cost_per_domain: string | null
  billing_day: number | null
  period_end: string | null
  decommission_on: string | null
  id: string
}

export interface VpsFilter {
  status?: readonly VpsStatus[] | undefined
  region?: string | undefined
}

export const vpsOrdering: Ordering = {
  by: {vps: naturally, status: plainly, region: plainly, monthly_cost: plainly, ips: plainly, domains: plainly},
  default: 'vps',
  key: 'id',
  neverNull: ['vps'],
}

/** The one choice of a VPS's columns; list, show and cost share it. */
export function selectVps(db: Reader) {
  return db
    .selectFrom('vps_instances as v')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('smtp_ip_addresses as i')
          .whereRef('i.vps_instance_id', '=', 'v.id')
          .select((ips) => [
            ips.fn.countAll<number>().as('ips'),
            sql<number>`coalesce(sum(i.assigned_count), 0)`.as('domains'),
          ])
          .as('n'),
      (join) => join.onTrue(),
    )
    .select([
      sql<string>`coalesce(v.hostwinds_instance_id, v.id::text)`.as('vps'),
      'v.status',
      'v.region',
      'v.ip_address as address',
      sql<number>`coalesce(n.ips, 0)`.as('ips'),
      sql<number>`coalesce(n.domains, 0)`.as('domains'),
      'v.monthly_cost',
      sql<string | null>`round(v.monthly_cost / nullif(n.ips, 0), 2)`.as('cost_per_ip'),
      sql<string | null>`round(v.monthly_cost / nullif(n.domains, 0), 2)`.as('cost_per_domain'),
      'v.hostwinds_billing_day as billing_day',
      'v.current_billing_period_end as period_end',
      'v.decommission_scheduled_for as decommission_on',
      'v.id',
    ])
}

export function listVps(db: Reader, {status, region}: VpsFilter) {
  let vps = selectVps(db)
  if (status?.length) vps = vps.where('v.status', 'in', status)
  if (region !== undefined) vps = vps.where('v.region', '=', region)
  return vps
}
