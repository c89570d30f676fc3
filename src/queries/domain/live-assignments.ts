import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../ip/assignments.ts'

/** The live assignments of a domain; there should be one or none. */
export async function listDomainAssignments(db: Reader, domainId: string) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where('a.domain_id', '=', domainId)
    .where('a.status', 'in', liveStatuses)
    .select(['a.id', 'a.status', 'a.smtp_ip_address_id as ip_id', 'i.ip_address as ip'])
    .orderBy('a.id')
    .execute()
}
