import {type RawBuilder, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {IpStatus, Reputation} from '../../rules/ip-lifecycle.ts'
import {chronologically} from '../paging.ts'

/** A sending IP as operators see it. */
export interface IpRow {
  ip: string
  status: IpStatus | null
  reputation: Reputation | null
  /** How many domains send by it (smtp_ip_addresses.assigned_count). */
  domains: number
  region: string | null
  vps: string | null
  /** The blocklists that have it, as of `checked`. */
  listed_on: string[]
  checked: string | null
  cost: string | null
  id: string
}

/** The lists an IP stands on, out of the stored check (provider_blacklist_status.listed); [] for any other shape. */
export const listedOn = sql<string[]>`jsonb_path_query_array(i.provider_blacklist_status, 'lax $.listed[*]')`

/** Whether an IP stands on a list, as far as is known. */
export const isListed = sql<boolean>`jsonb_array_length(${listedOn}) > 0`

/** Whether an IP may send again: one that is burned is of no concern any more. */
export const isInUse = sql<boolean>`coalesce(i.status, 'available') <> 'burned'`

/** Whether an IP was never checked, or not for this many days. */
export function notCheckedFor(days: number): RawBuilder<boolean> {
  return sql`${chronologically(sql.ref('i.last_reputation_check'))} < now() - make_interval(days => ${days})`
}

/** The one choice of an IP's columns; list, show and writes share it. */
export function selectIps(db: Reader) {
  return db
    .selectFrom('smtp_ip_addresses as i')
    .leftJoin('vps_instances as v', 'v.id', 'i.vps_instance_id')
    .select((eb) => [
      'i.ip_address as ip',
      'i.status',
      'i.reputation_state as reputation',
      eb.fn.coalesce('i.assigned_count', sql.lit(0)).as('domains'),
      'v.region',
      'v.hostwinds_instance_id as vps',
      eb.fn.coalesce(listedOn, sql<string[]>`'[]'`).as('listed_on'),
      'i.last_reputation_check as checked',
      'i.approximate_cost as cost',
      'i.id',
    ])
}
