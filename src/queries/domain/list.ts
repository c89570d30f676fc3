import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {DnsStatus} from '../../rules/dns-record.ts'
import {hasId, namedLike} from '../names.ts'
import {type Ordering, plainly} from '../paging.ts'

import {selectDomains} from './columns.ts'

export interface DomainFilter {
  tenantId?: string | undefined
  company?: {id: string; tenant_id: string | null} | undefined
  status?: readonly DnsStatus[] | undefined
  /** Only domains in any other state than verified. */
  unverified?: boolean | undefined
  /** Only domains whose last verification failed or could not be done. */
  failing?: boolean | undefined
  primary?: boolean | undefined
  /** How the name begins, in any case. */
  search?: string | undefined
}

export const domainOrdering: Ordering = {
  by: {domain: plainly},
  default: 'domain',
  key: 'id',
  neverNull: ['domain'],
}

// In the words of the index pm_domains_failing.
const isFailing = sql<boolean>`d.verification_status in ('failed', 'error')`

export function listDomains(db: Reader, filter: DomainFilter) {
  const {tenantId, company, status, unverified, failing, primary, search} = filter
  let domains = selectDomains(db)
  if (tenantId !== undefined) domains = domains.where('d.tenant_id', '=', tenantId)
  if (company) domains = domains.where('d.company_id', '=', company.id)
  // Found by its tenant, which has an index.
  if (company?.tenant_id) domains = domains.where('d.tenant_id', '=', company.tenant_id)
  if (status?.length) domains = domains.where('d.verification_status', 'in', status)
  if (unverified) domains = domains.where('d.verification_status', 'is distinct from', 'verified')
  if (failing) domains = domains.where(isFailing)
  if (primary) domains = domains.where('d.is_primary', '=', true)
  return domains.$if(search !== undefined, (all) =>
    all
      .innerJoin(namedLike(db, 'pm.domain_names', search ?? '').as('found'), (join) =>
        join.on(hasId('d.id', 'found.id')),
      )
      .select('found.match'),
  )
}
