import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from './assignments.ts'

/** How many live assignments these IPs really have, whatever their `assigned_count` says. */
export async function countLiveAssignments(db: Reader, ipIds: readonly string[]): Promise<Map<string, number>> {
  if (ipIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('domain_ip_assignments')
    .where('smtp_ip_address_id', 'in', ipIds)
    .where('status', 'in', liveStatuses)
    .select((eb) => ['smtp_ip_address_id as id', eb.fn.countAll<number>().as('live')])
    .groupBy('smtp_ip_address_id')
    .execute()
  return new Map(rows.map(({id, live}) => [id ?? '', live]))
}
