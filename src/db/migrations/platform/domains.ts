/** What a tenant sends from; created after identity, whose companies it references (guide: Domain Management). */
export const domainsTables: readonly string[] = [
  `create table public.domains (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    company_id uuid references public.companies (id) on delete cascade,
    domain varchar(253) not null,
    verification_status varchar(50) default 'pending',
    dns_records jsonb,
    is_primary boolean default false,
    verified timestamptz,
    mailu_domain text,
    dns_ttl_observed integer,
    dns_last_verified_at timestamptz,
    dns_verification_error text,
    dns_verification_attempts integer default 0,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  'create index idx_domains_tenant on public.domains (tenant_id)',
  `create table public.email_accounts (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    domain_id uuid references public.domains (id) on delete cascade,
    email varchar(255) not null,
    provider varchar(50) default 'mailu',
    vault_key_path varchar(500),
    imap_settings jsonb,
    smtp_settings jsonb,
    status varchar(50) default 'active',
    last_warmed timestamptz,
    daily_count integer default 0,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  'create index idx_email_accounts_tenant on public.email_accounts (tenant_id)',
]
