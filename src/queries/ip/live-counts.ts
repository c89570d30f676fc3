import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {liveStatuses} from './assignments.ts'

/** How many live assignments these IPs really have, whatever their `assigned_count` says. */
export async function countLiveAssignments(db: Reader, ipIds: readonly string[]): Promise<Map<string, number>> {
  if (ipIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('domain_ip_assignments')
    .where(isAnyOf('smtp_ip_address_id', ipIds, 'uuid'))
    .where('status', 'in', liveStatuses)
    .select((eb) => ['smtp_ip_address_id as id', eb.fn.countAll<number>().as('live')])
    .groupBy('smtp_ip_address_id')
    .execute()
  return new Map(rows.map(({id, live}) => [id ?? '', live]))
}

/** Those of the IPs that carry domains, with how many. */
export async function listCarrying(db: Reader, ipIds: readonly string[]) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where(isAnyOf('i.id', ipIds, 'uuid'))
    .where('a.status', 'in', liveStatuses)
    .select((eb) => ['i.id', 'i.ip_address as ip', eb.fn.countAll<number>().as('domains')])
    .groupBy(['i.id', 'i.ip_address'])
    .orderBy('i.ip_address')
    .execute()
}
