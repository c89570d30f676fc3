import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../ip/assignments.ts'
import {chronologically, type Ordering, plainly} from '../paging.ts'

/** An IP that a domain sends by, or did. */
export interface DomainIp {
  ip: string | null
  status: string | null
  warmup: string | null
  assigned: string | null
  expires: string | null
  last_sent: string | null
  ip_status: string | null
  reputation: string | null
  id: string
}

export const domainIpOrdering: Ordering = {
  by: {assigned: chronologically, expires: chronologically, last_sent: chronologically, ip: plainly},
  default: '-assigned',
  key: 'id',
  neverNull: ['assigned', 'expires', 'last_sent'],
}

/** Every assignment of a domain, live and past. */
export function listDomainIps(db: Reader, domainId: string, {live = false}: {live?: boolean | undefined} = {}) {
  const assignments = db
    .selectFrom('domain_ip_assignments as a')
    .leftJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where('a.domain_id', '=', domainId)
    .select([
      'i.ip_address as ip',
      'a.status',
      'a.warmup_state as warmup',
      'a.assigned',
      'a.expires',
      'a.last_sent',
      'i.status as ip_status',
      'i.reputation_state as reputation',
      'a.id',
    ])
  return live ? assignments.where('a.status', 'in', liveStatuses) : assignments
}
