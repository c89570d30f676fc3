import type {Reader} from '../../db/transaction.ts'
import type {CompanyStatus} from '../../rules/company-status.ts'
import {hasId, namedLike} from '../names.ts'
import {type Ordering, plainly} from '../paging.ts'
import {selectCompanies} from './columns.ts'

export interface CompanyFilter {
  tenantId?: string | undefined
  status?: readonly CompanyStatus[] | undefined
  /** How the name begins, in any case. */
  search?: string | undefined
}

export const companyOrdering: Ordering = {
  by: {company: plainly},
  default: 'company',
  key: 'id',
  neverNull: ['company'],
}

export function listCompanies(db: Reader, {tenantId, status, search}: CompanyFilter) {
  let companies = selectCompanies(db)
  if (tenantId !== undefined) companies = companies.where('c.tenant_id', '=', tenantId)
  if (status?.length) companies = companies.where('c.status', 'in', status)
  return companies.$if(search !== undefined, (all) =>
    all
      .innerJoin(namedLike(db, 'pm.company_names', search ?? '').as('found'), (join) =>
        join.on(hasId('c.id', 'found.id')),
      )
      .select('found.match'),
  )
}
