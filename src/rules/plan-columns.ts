/** What a plan allows at most; null is no limit (guide: plans). */
export const planLimits = [
  'max_users',
  'max_domains',
  'max_email_accounts',
  'max_campaigns_per_month',
  'max_emails_per_month',
  'max_contacts',
  'max_warmups',
  'max_storage_gb',
  'api_rate_limit',
] as const
export type PlanLimit = (typeof planLimits)[number]

/** What a plan has or has not. */
export const planFeatures = ['api_access', 'priority_support', 'advanced_analytics', 'white_label'] as const
export type PlanFeature = (typeof planFeatures)[number]

/** What a plan costs, as the tenants are shown it, in minor units: 7900 is 79.00. What they pay is Stripe's. */
export const planPrices = ['price_monthly', 'price_yearly'] as const
export type PlanPrice = (typeof planPrices)[number]

/** The columns of a plan in words. */
export const planWords: Readonly<Record<PlanLimit | PlanFeature | PlanPrice, string>> = {
  max_users: 'Users',
  max_domains: 'Domains',
  max_email_accounts: 'E-mail accounts',
  max_campaigns_per_month: 'Campaigns a month',
  max_emails_per_month: 'E-mails a month',
  max_contacts: 'Contacts',
  max_warmups: 'Warm-ups',
  max_storage_gb: 'Storage (GB)',
  api_rate_limit: 'API rate limit',
  api_access: 'API access',
  priority_support: 'Priority support',
  advanced_analytics: 'Advanced analytics',
  white_label: 'White label',
  price_monthly: 'Price a month',
  price_yearly: 'Price a year',
}
