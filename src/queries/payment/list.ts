import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {chronologically, type Ordering} from '../paging.ts'
import {selectPayments} from './columns.ts'

export const paymentOrdering: Ordering = {
  by: {created: chronologically},
  default: '-created',
  key: 'id',
  neverNull: ['created'],
}

export interface PaymentFilter {
  tenantId?: string | undefined
  status?: readonly string[] | undefined
  since?: string | undefined
}

export function listPayments(db: Reader, {tenantId, status, since}: PaymentFilter) {
  let payments = selectPayments(db)
  if (tenantId !== undefined) payments = payments.where('s.tenant_id', '=', tenantId)
  if (status?.length) payments = payments.where('y.status', 'in', status)
  // By the sort key itself, so that the index that orders the list also ends it there.
  if (since !== undefined) payments = payments.where(chronologically(sql.ref('y.created')), '>=', since)
  return payments
}

/** The last payments of a subscription, newest first. */
export function paymentsOf(db: Reader, subscriptionId: string, limit: number) {
  return selectPayments(db)
    .where('y.subscription_id', '=', subscriptionId)
    .orderBy(chronologically(sql.ref('y.created')), 'desc')
    .orderBy('y.id', 'desc')
    .limit(limit)
    .execute()
}
