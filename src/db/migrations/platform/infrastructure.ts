/** Servers, their IPs and which domain sends by which; created after domains (guide: Infrastructure Management). */
export const infrastructureTables: readonly string[] = [
  `create table public.vps_instances (
    id uuid primary key default gen_random_uuid(),
    hostwinds_instance_id varchar(255) unique,
    ip_address varchar(45),
    region varchar(50),
    status varchar(50) check (status in ('active', 'provisioning', 'scheduled_decommission', 'decommissioned')),
    monthly_cost numeric(10, 2),
    approximate_cost numeric(8, 2), -- what a tenant's share is reckoned from
    hostwinds_billing_day integer,
    current_billing_period_start timestamptz,
    current_billing_period_end timestamptz,
    decommission_scheduled_for timestamptz,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.smtp_ip_addresses (
    id uuid primary key default gen_random_uuid(),
    vps_instance_id uuid references public.vps_instances (id) on delete cascade,
    ip_address varchar(45) not null,
    status varchar(50) check (
      status in ('available', 'assigned', 'warming', 'warmed', 'degraded', 'burned', 'quarantined')
    ),
    reputation_state varchar(50) check (reputation_state in ('good', 'fair', 'poor', 'critical')),
    approximate_cost numeric(6, 2),
    last_reputation_check timestamptz,
    assigned_count integer default 0,
    provider_blacklist_status jsonb,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  'create index idx_smtp_ip_addresses_status on public.smtp_ip_addresses (status)',
  `create table public.domain_ip_assignments (
    id uuid primary key default gen_random_uuid(),
    domain_id uuid references public.domains (id) on delete cascade,
    smtp_ip_address_id uuid references public.smtp_ip_addresses (id) on delete cascade,
    status varchar(50) check (status in ('active', 'warming', 'scheduled', 'expired')),
    assigned timestamptz default now(),
    expires timestamptz,
    warmup_state varchar(50) check (warmup_state in ('unwarmed', 'warming', 'warmed')),
    last_sent timestamptz,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  'create index idx_domain_ip_assignments_domain on public.domain_ip_assignments (domain_id)',
]
