import type {Reader} from '../../db/transaction.ts'
import type {Limits} from '../../rules/plan-limits.ts'
import {isLive, type SubscriptionStatus} from '../../rules/subscription-status.ts'
import {currentSubscription} from './columns.ts'

/** The subscription of a tenant that counts. */
export interface TenantSubscription {
  plan: string | null
  /** The plan that takes over when the period ends. */
  pending_plan: string | null
  status: SubscriptionStatus | null
  current_period_start: string | null
  current_period_end: string | null
  cancel_at_period_end: boolean | null
  stripe_subscription_id: string | null
  id: string
}

/** The subscription of a tenant that counts, and the limits it sets: none where it does not live. */
export async function subscriptionOf(
  db: Reader,
  tenantId: string,
): Promise<{shown: TenantSubscription; limits: Limits | undefined} | undefined> {
  const found = await db
    .selectFrom('tenants as t')
    .innerJoinLateral(currentSubscription(db).as('c'), (join) => join.onTrue())
    .innerJoin('subscriptions as s', 's.id', 'c.id')
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .leftJoin('plans as n', 'n.id', 's.pending_plan_id')
    .where('t.id', '=', tenantId)
    .select(['p.slug as plan', 'n.slug as pending_plan', 's.status', 's.current_period_start', 's.current_period_end'])
    .select(['s.cancel_at_period_end', 's.stripe_subscription_id', 's.id'])
    .select(['p.max_users', 'p.max_domains', 'p.max_email_accounts', 'p.max_campaigns_per_month'])
    .select(['p.max_contacts', 'p.max_warmups'])
    .executeTakeFirst()
  if (!found) return undefined
  const {max_users, max_domains, max_email_accounts, max_campaigns_per_month, max_contacts, max_warmups, ...shown} =
    found
  const limits = {max_users, max_domains, max_email_accounts, max_campaigns_per_month, max_contacts, max_warmups}
  return {shown, limits: isLive(shown.status) ? limits : undefined}
}
