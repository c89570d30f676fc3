import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {Host} from '../../rules/ip-placement.ts'
import {listedOn} from './columns.ts'

/** A host with its count as it is stored, which may be null. */
export interface PooledHost extends Host {
  stored_count: number | null
}

/**
 * IPs that could take domains over: not on a blocklist as far as is known, and on a VPS that stays.
 * @param avoidVps the id of a VPS that is about to go
 */
export async function listHosts(db: Reader, avoidVps?: string): Promise<PooledHost[]> {
  const hosts = db
    .selectFrom('smtp_ip_addresses as i')
    .innerJoin('vps_instances as v', 'v.id', 'i.vps_instance_id')
    .where('v.status', '=', 'active')
    .where('i.status', 'is not', null)
    .where(sql<boolean>`coalesce(jsonb_array_length(${listedOn}), 0) = 0`)
    .select((eb) => [
      'i.id',
      'i.ip_address as ip',
      'v.region',
      'i.status',
      'i.reputation_state as reputation',
      eb.fn.coalesce('i.assigned_count', sql.lit(0)).as('load'),
      'i.assigned_count as stored_count',
    ])
    .$narrowType<{status: Host['status']}>()
  return (avoidVps === undefined ? hosts : hosts.where('v.id', '<>', avoidVps)).execute()
}
