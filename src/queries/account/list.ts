import type {Reader} from '../../db/transaction.ts'
import type {AccountStatus} from '../../rules/account-status.ts'
import {type Ordering, plainly} from '../paging.ts'
import {selectAccounts} from './columns.ts'

export interface AccountFilter {
  tenantId?: string | undefined
  domainId?: string | undefined
  status?: readonly AccountStatus[] | undefined
  provider?: string | undefined
}

export const accountOrdering: Ordering = {
  by: {account: plainly},
  default: 'account',
  key: 'id',
  neverNull: ['account'],
}

export function listAccounts(db: Reader, {tenantId, domainId, status, provider}: AccountFilter) {
  let accounts = selectAccounts(db)
  if (tenantId !== undefined) accounts = accounts.where('e.tenant_id', '=', tenantId)
  if (domainId !== undefined) accounts = accounts.where('e.domain_id', '=', domainId)
  if (status?.length) accounts = accounts.where('e.status', 'in', status)
  if (provider !== undefined) accounts = accounts.where('e.provider', '=', provider)
  return accounts
}
