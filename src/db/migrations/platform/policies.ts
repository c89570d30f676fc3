/**
 * Row-level security of the tenants' tables, created last; an unset or empty setting yields no rows and never raises
 * (guide: Security & RLS Policies).
 */
export const tenantPolicies: readonly string[] = [
  'alter table public.campaigns enable row level security',
  'alter table public.leads enable row level security',
  'alter table public.domains enable row level security',
  'alter table public.email_accounts enable row level security',
  'alter table public.templates enable row level security',
  'alter table public.companies enable row level security',
  'alter table public.user_preferences enable row level security',
  'alter table public.tenant_config enable row level security',
  'alter table public.tenant_policies enable row level security',
  `create policy campaigns_tenant_isolation on public.campaigns
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy leads_tenant_isolation on public.leads
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy domains_tenant_isolation on public.domains
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy email_accounts_tenant_isolation on public.email_accounts
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy templates_tenant_isolation on public.templates
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy companies_tenant_isolation on public.companies
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy user_preferences_isolation on public.user_preferences
    for all using (user_id = (select nullif(current_setting('app.current_user_id', true), ''))::uuid)`,
  `create policy tenant_config_isolation on public.tenant_config
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
  `create policy tenant_policies_isolation on public.tenant_policies
    for all using (tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))::uuid)`,
]
