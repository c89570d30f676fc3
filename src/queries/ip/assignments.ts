import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'

/** An assignment in one of these states makes its domain send by its IP, now or when its time comes. */
export const liveStatuses = ['active', 'warming', 'scheduled'] as const

/** A domain's assignment to an IP, with whose domain it is. */
export function liveAssignments(db: Reader, ipIds: readonly string[]) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .where(isAnyOf('a.smtp_ip_address_id', ipIds, 'uuid'))
    .where('a.status', 'in', liveStatuses)
    .select([
      'd.domain',
      't.name as tenant',
      'a.status',
      'a.warmup_state as warmup',
      'a.assigned',
      'a.last_sent',
      'a.id',
      'a.domain_id',
      'a.smtp_ip_address_id as ip_id',
      'd.tenant_id',
    ])
    .orderBy('d.domain')
    .orderBy('a.id')
}

export type Assignment = Awaited<ReturnType<ReturnType<typeof liveAssignments>['execute']>>[number]
