import type {Reader} from '../../db/transaction.ts'
import {liveStatuses, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {chronologically, type Ordering} from '../paging.ts'
import {selectSubscriptions} from './columns.ts'

export interface SubscriptionFilter {
  status?: readonly SubscriptionStatus[] | undefined
  /** Only those whose period ends before this moment; canceled ones only if a status asks for them. */
  endingBefore?: string | undefined
  /** Only those that change their plan when the period ends. */
  pending?: boolean | undefined
  planId?: string | undefined
  tenantId?: string | undefined
}

/** Newest first. */
export const subscriptionOrdering: Ordering = {
  by: {created: chronologically},
  default: '-created',
  key: 'id',
  neverNull: ['created'],
}

/** What ends next first, for lists of what ends soon. */
export const endingOrdering: Ordering = {
  by: {current_period_end: chronologically, created: chronologically},
  default: 'current_period_end',
  key: 'id',
  neverNull: ['current_period_end', 'created'],
}

export function listSubscriptions(db: Reader, filter: SubscriptionFilter) {
  const {status, endingBefore, pending, planId, tenantId} = filter
  const wanted = status?.length ? status : endingBefore === undefined ? undefined : liveStatuses
  let subscriptions = selectSubscriptions(db)
  if (wanted) subscriptions = subscriptions.where('s.status', 'in', wanted)
  if (endingBefore !== undefined) subscriptions = subscriptions.where('s.current_period_end', '<', endingBefore)
  if (pending) subscriptions = subscriptions.where('s.pending_plan_id', 'is not', null)
  if (planId !== undefined) subscriptions = subscriptions.where('s.plan_id', '=', planId)
  if (tenantId !== undefined) subscriptions = subscriptions.where('s.tenant_id', '=', tenantId)
  return subscriptions
}
