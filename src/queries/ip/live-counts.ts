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

/** Those of the IPs that carry domains, with how many. Counted IP by IP, so that it takes what they carry, not all. */
export async function listCarrying(db: Reader, ipIds: readonly string[]) {
  return db
    .selectFrom('smtp_ip_addresses as i')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('domain_ip_assignments as a')
          .whereRef('a.smtp_ip_address_id', '=', 'i.id')
          .where('a.status', 'in', liveStatuses)
          .select((count) => count.fn.countAll<number>().as('domains'))
          .as('c'),
      (join) => join.onTrue(),
    )
    .where(isAnyOf('i.id', ipIds, 'uuid'))
    .where('c.domains', '>', 0)
    .select(['i.id', 'i.ip_address as ip', 'c.domains'])
    .orderBy('i.ip_address')
    .execute()
}
