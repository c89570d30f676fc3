import type {Reader} from '../../db/transaction.ts'
import type {SubscriptionStatus} from '../../rules/subscription-status.ts'

/** A subscription as operators see it; plans go by their slugs. */
export interface SubscriptionRow {
  tenant: string | null
  plan: string | null
  /** The plan that takes over when the period ends. */
  pending_plan: string | null
  status: SubscriptionStatus | null
  current_period_start: string | null
  current_period_end: string | null
  cancel_at_period_end: boolean | null
  stripe_subscription_id: string | null
  created: string | null
  tenant_id: string | null
  id: string
}

/** The one choice of a subscription's columns; list, show and writes share it. */
export function selectSubscriptions(db: Reader) {
  return db
    .selectFrom('subscriptions as s')
    .leftJoin('tenants as t', 't.id', 's.tenant_id')
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .leftJoin('plans as n', 'n.id', 's.pending_plan_id')
    .select([
      't.name as tenant',
      'p.slug as plan',
      'n.slug as pending_plan',
      's.status',
      's.current_period_start',
      's.current_period_end',
      's.cancel_at_period_end',
      's.stripe_subscription_id',
      's.created',
      's.tenant_id',
      's.id',
    ])
}
