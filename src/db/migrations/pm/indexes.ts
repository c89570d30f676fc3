/**
 * What pm's lists, shows and searches need besides the platform's own indexes, to stay fast at any size. A prefix is
 * looked up by lower(column) text_pattern_ops, which answers LIKE 'prefix%' in every locale.
 */
const indexes = {
  pm_tenants_name: 'public.tenants (lower(name) text_pattern_ops)',
  pm_users_email: 'public.users (lower(email) text_pattern_ops)',
  pm_users_name: 'public.users (lower(name) text_pattern_ops)',
  pm_companies_name: 'public.companies (lower(name) text_pattern_ops)',
  pm_companies_tenant: 'public.companies (tenant_id)',
  pm_domains_domain: 'public.domains (lower(domain) text_pattern_ops)',
  pm_domains_failing: "public.domains (verification_status) where verification_status in ('failed', 'error')",
  pm_accounts_email: 'public.email_accounts (lower(email) text_pattern_ops)',
  pm_accounts_domain: 'public.email_accounts (domain_id)',
  pm_campaigns_name: 'public.campaigns (lower(name) text_pattern_ops)',
  pm_steps_account: 'public.campaign_sequence_steps (email_account_id)',
  pm_subscriptions_tenant: 'public.subscriptions (tenant_id)',
  pm_subscriptions_plan: 'public.subscriptions (plan_id)',
  pm_subscriptions_stripe: 'public.subscriptions (stripe_subscription_id)',
  pm_subscriptions_troubled: "public.subscriptions (status) where status <> 'active'",
  pm_subscriptions_pending: 'public.subscriptions (pending_plan_id) where pending_plan_id is not null',
  pm_subscriptions_ending: 'public.subscriptions (current_period_end) where cancel_at_period_end',
  pm_tenant_config_customer: 'public.tenant_config (stripe_customer_id)',
  pm_payments_subscription: 'public.payments (subscription_id, created)',
  pm_payments_intent: 'public.payments (stripe_payment_intent_id)',
  pm_ips_address: 'public.smtp_ip_addresses (lower(ip_address) text_pattern_ops)',
  pm_ips_vps: 'public.smtp_ip_addresses (vps_instance_id)',
  pm_assignments_ip:
    "public.domain_ip_assignments (smtp_ip_address_id) where status in ('active', 'warming', 'scheduled')",
  pm_assignments_warming: "public.domain_ip_assignments (assigned) where status = 'warming'",
} as const

/** Each index by its name, as a statement that does nothing where the index is there already. */
export const pmIndexes: readonly string[] = Object.entries(indexes).map(
  ([name, target]) => `create index if not exists ${name} on ${target}`,
)
