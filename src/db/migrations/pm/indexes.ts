const created = "coalesce(created, '-infinity'::timestamptz)"
const natural = (text: string) =>
  `regexp_replace(regexp_replace(${text}, '([0-9]+)', '00\\1', 'g'), '0*([0-9]{3})', '\\1', 'g')`
const listed = "jsonb_array_length(jsonb_path_query_array(provider_blacklist_status, 'lax $.listed[*]'))"
const live = "status in ('active', 'warming', 'scheduled')"

/**
 * What pm's lists, shows and searches need besides the platform's own indexes, to stay fast at any size: an order is
 * a list's sort key (queries/paging.ts) and the key that breaks ties; a prefix is looked up by text_pattern_ops, which
 * answers LIKE 'prefix%' in every locale; what is included spares a count the rows, that the policies on them look at. States that nearly all rows have are left out where they would only be ballast.
 */
const indexes = {
  pm_tenants_name: 'tenants (lower(name) text_pattern_ops)',
  pm_tenants_order: "tenants (coalesce(name, ''), id)",
  pm_tenants_created: `tenants (${created}, id)`,
  pm_tenants_deleted: "tenants (coalesce(name, ''), id) where deleted is not null",
  pm_tenant_config_customer: 'tenant_config (stripe_customer_id)',
  pm_users_email: 'users (lower(email) text_pattern_ops)',
  pm_users_name: 'users (lower(name) text_pattern_ops)',
  pm_users_order: "users (coalesce(email, ''), id)",
  pm_users_created: `users (${created}, id)`,
  pm_preferences_user: 'user_preferences (user_id)',
  pm_companies_name: 'companies (lower(name) text_pattern_ops)',
  pm_companies_order: 'companies (name, id)',
  pm_companies_tenant: 'companies (tenant_id)',
  pm_companies_troubled: "companies (status, name, id) where status <> 'active'",
  pm_domains_domain: 'domains (lower(domain) text_pattern_ops)',
  pm_domains_order: 'domains (domain, id)',
  pm_domains_failing: "domains (domain, id) where verification_status in ('failed', 'error')",
  pm_domains_primary: 'domains (domain, id) where is_primary',
  pm_domains_troubled:
    "domains (verification_status, domain, id) include (tenant_id) where verification_status <> 'verified'",
  pm_domains_unverified: "domains (domain, id) where verification_status is distinct from 'verified'",
  pm_domains_undeployed: `domains (domain, id) where dns_records @> '{"records": [{"needs_deployment": true}]}'`,
  pm_accounts_email: 'email_accounts (lower(email) text_pattern_ops)',
  pm_accounts_order: 'email_accounts (email, id)',
  pm_accounts_domain: 'email_accounts (domain_id)',
  pm_accounts_troubled: "email_accounts (status, email, id) where status <> 'active'",
  pm_accounts_elsewhere: "email_accounts (provider, email, id) where provider <> 'mailu'",
  pm_leads_order: 'leads (tenant_id, id)',
  pm_campaigns_name: 'campaigns (lower(name) text_pattern_ops)',
  pm_campaigns_order: 'campaigns (name, id)',
  pm_campaigns_created: `campaigns (${created}, id)`,
  pm_campaigns_status: `campaigns (status, ${created}, id)`,
  pm_steps_account: 'campaign_sequence_steps (email_account_id)',
  pm_steps_template: 'campaign_sequence_steps (template_id)',
  pm_templates_name: 'templates (lower(name) text_pattern_ops)',
  pm_templates_order: 'templates (name, id)',
  pm_templates_tenant: 'templates (tenant_id)',
  pm_eta_templates_name: 'email_templates (lower(name) text_pattern_ops)',
  pm_eta_templates_order: 'email_templates (name, id)',
  pm_folders_name: 'folders (lower(name))',
  pm_foldered_folder: 'template_folders (folder_id)',
  pm_tags_value: 'tags (lower(value))',
  pm_tags_name: 'tags (lower(name))',
  pm_tagged_tag: 'template_tags (tag_id)',
  pm_subscriptions_tenant: 'subscriptions (tenant_id)',
  pm_subscriptions_plan: `subscriptions (plan_id, ${created}, id) include (status, pending_plan_id)`,
  pm_subscriptions_stripe: 'subscriptions (stripe_subscription_id)',
  pm_subscriptions_created: `subscriptions (${created}, id)`,
  pm_subscriptions_troubled: `subscriptions (status, ${created}, id) include (tenant_id, plan_id) where status <> 'active'`,
  pm_subscriptions_plan_troubled: `subscriptions (plan_id, status, ${created}, id) where status <> 'active'`,
  pm_subscriptions_pending: `subscriptions (${created}, id) include (pending_plan_id, plan_id, status)
    where pending_plan_id is not null`,
  pm_subscriptions_cancelling: 'subscriptions (current_period_end) where cancel_at_period_end',
  pm_subscriptions_ending: `subscriptions (coalesce(current_period_end, '-infinity'::timestamptz), id) where status <> 'canceled'`,
  pm_addons_subscription: 'subscription_addons (subscription_id)',
  pm_addons_created: `subscription_addons (${created}, id)`,
  pm_addons_running: `subscription_addons (${created}, id) where is_active`,
  pm_payments_subscription: `payments (subscription_id, ${created}, id)`,
  pm_payments_intent: 'payments (stripe_payment_intent_id)',
  pm_payments_created: `payments (${created}, id)`,
  pm_payments_troubled: `payments (status, ${created}, id) where status <> 'succeeded'`,
  pm_vps_order: `vps_instances ((${natural('coalesce(hostwinds_instance_id, id::text)')}), id)`,
  pm_ips_address: 'smtp_ip_addresses (lower(ip_address) text_pattern_ops)',
  pm_ips_order: `smtp_ip_addresses ((${natural('ip_address')}), id)`,
  pm_ips_vps: 'smtp_ip_addresses (vps_instance_id)',
  pm_ips_reputation: 'smtp_ip_addresses (reputation_state)',
  pm_ips_listed: `smtp_ip_addresses ((${listed}))`,
  pm_ips_load: 'smtp_ip_addresses ((coalesce(assigned_count, 0)), id)',
  pm_ips_checked: "smtp_ip_addresses (coalesce(last_reputation_check, '-infinity'::timestamptz))",
  pm_assignments_ip: `domain_ip_assignments (smtp_ip_address_id) where ${live}`,
  pm_assignments_warmup: "domain_ip_assignments (domain_id) where warmup_state = 'warming'",
  pm_assignments_warming: "domain_ip_assignments (assigned) where status = 'warming'",
} as const

/** Each index by its name, as a statement that does nothing where the index is there already. */
export const pmIndexes: readonly string[] = Object.entries(indexes).map(
  ([name, target]) => `create index if not exists ${name} on public.${target}`,
)
