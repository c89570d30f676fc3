import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
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

/** Those of these domains that also send by another IP than these, and by which. */
export async function listOtherAssignments(db: Reader, domainIds: readonly string[], ipIds: readonly string[]) {
  if (domainIds.length === 0) return []
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where(isAnyOf('a.domain_id', domainIds, 'uuid'))
    .where('a.status', 'in', liveStatuses)
    .where((eb) => eb.not(isAnyOf('i.id', ipIds, 'uuid')))
    .select(['a.domain_id', 'i.ip_address as ip'])
    .orderBy('a.id')
    .execute()
}
