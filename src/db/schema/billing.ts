import type {Generated} from 'kysely'

/** Stripe's word on a subscription, which decides access; the column may also be null (guide: subscriptions). */
export type SubscriptionStatus = 'active' | 'past_due' | 'canceled' | 'unpaid'

/** A plan; with `is_active` false nobody new can buy it, but its subscribers still renew (guide: plans). */
export interface PlansTable {
  id: Generated<string>
  name: string
  slug: string
  description: string | null
  max_users: number | null
  max_domains: number | null
  max_campaigns_per_month: number | null
  api_rate_limit: number | null
  max_email_accounts: number | null
  max_emails_per_month: number | null
  max_warmups: number | null
  max_contacts: number | null
  max_storage_gb: number | null
  api_access: Generated<boolean | null>
  priority_support: Generated<boolean | null>
  advanced_analytics: Generated<boolean | null>
  white_label: Generated<boolean | null>
  price_monthly: number | null
  price_yearly: number | null
  notes: string | null
  is_active: Generated<boolean | null>
  stripe_product_id: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A tenant's subscription, driven by Stripe; `pending_plan_id` takes over at period end (guide: subscriptions). */
export interface SubscriptionsTable {
  id: Generated<string>
  tenant_id: string | null
  plan_id: string | null
  pending_plan_id: string | null
  status: SubscriptionStatus | null
  current_period_start: string | null
  current_period_end: string | null
  cancel_at_period_end: Generated<boolean | null>
  cancel_reason: string | null
  cancel_date: string | null
  billing_contact_user_id: string | null
  stripe_subscription_id: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** Something bought on top of a subscription; the caller gives out `id` (guide: subscription_addons). */
export interface SubscriptionAddonsTable {
  id: string
  subscription_id: string | null
  addon_type: string
  quantity: Generated<number | null>
  price_monthly: string | null
  stripe_price_id: string | null
  is_active: Generated<boolean | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A reference to a payment in Stripe; succeeded, failed, refunded are the unchecked `status` (guide: payments). */
export interface PaymentsTable {
  id: Generated<string>
  subscription_id: string | null
  initiated_by_user_id: string | null
  amount: string
  currency: Generated<string | null>
  status: string
  processed: string | null
  description: string | null
  stripe_payment_intent_id: string | null
  billing_period_start: string | null
  billing_period_end: string | null
  created: Generated<string | null>
}
