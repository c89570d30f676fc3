import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../ip/assignments.ts'

/** The IPs of a VPS that carry domains, with how many. */
export function listCarrying(db: Reader, vpsId: string): Promise<{ip: string; domains: number}[]> {
  return db
    .selectFrom('smtp_ip_addresses as i')
    .innerJoin('domain_ip_assignments as a', 'a.smtp_ip_address_id', 'i.id')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .where('i.vps_instance_id', '=', vpsId)
    .where('a.status', 'in', liveStatuses)
    .select((eb) => ['i.ip_address as ip', eb.fn.countAll<number>().as('domains')])
    .groupBy(['i.id', 'i.ip_address'])
    .orderBy('i.ip_address')
    .execute()
}
