/** Whom a tenant mails and in which steps; created after identity, domains and content (guide: Campaign Management). */
export const campaignsTables: readonly string[] = [
  `create table public.leads (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    email varchar(255) not null,
    name varchar(200),
    company varchar(200),
    status varchar(20) default 'active',
    updated timestamptz,
    unique (tenant_id, email)
  )`,
  'create index idx_leads_tenant on public.leads (tenant_id)',
  `create table public.campaigns (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    company_id uuid references public.companies (id) on delete cascade,
    name varchar(200) not null,
    description text,
    status varchar(50) check (status in ('draft', 'scheduled', 'sending', 'completed', 'paused')),
    scheduled timestamptz,
    completed timestamptz,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  'create index idx_campaigns_tenant on public.campaigns (tenant_id)',
  `create table public.campaign_sequence_steps (
    id uuid primary key default gen_random_uuid(),
    campaign_id uuid references public.campaigns (id) on delete cascade,
    step_order integer not null,
    step_type varchar(50) check (step_type in ('email', 'wait', 'condition')),
    email_account_id uuid references public.email_accounts (id),
    template_id uuid references public.templates (id),
    subject_override varchar(500),
    from_name_override varchar(100),
    wait_duration_hours integer,
    wait_until_date timestamptz,
    condition_type varchar(50),
    condition_value varchar(100),
    send_condition text,
    is_active boolean default true,
    executed_count integer default 0,
    last_executed timestamptz,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create index idx_campaign_sequence_steps_campaign_order
    on public.campaign_sequence_steps (campaign_id, step_order)`,
]
