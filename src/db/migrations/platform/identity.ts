/** Users, tenants and workspaces; needs no other area (guide: Core Multi-Tenant Infrastructure, companies). */
export const identityTables: readonly string[] = [
  `create table public.users (
    id uuid primary key,
    created timestamptz default now(),
    updated timestamptz default now(),
    deleted timestamptz,
    name text,
    family_name text,
    given_name text,
    email text,
    picture text,
    email_verified timestamptz
  )`,
  `create table public.tenants (
    id uuid primary key,
    name text,
    created timestamptz default now(),
    updated timestamptz default now(),
    deleted timestamptz,
    compute_id uuid
  )`,
  `create table public.tenant_users (
    tenant_id uuid references public.tenants (id) on delete cascade,
    user_id uuid references public.users (id) on delete cascade,
    created timestamptz default now(),
    updated timestamptz default now(),
    deleted timestamptz,
    roles text[] default '{}', -- kept by NileDB, authentication depends on it
    email text,
    primary key (tenant_id, user_id)
  )`,
  'create index idx_tenant_users_tenant on public.tenant_users (tenant_id)',
  'create index idx_tenant_users_user on public.tenant_users (user_id)',
  `create table public.companies (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid references public.tenants (id) on delete cascade,
    name varchar(100) not null,
    workspace_name varchar(255) unique,
    logo_url text,
    status varchar(20) default 'active',
    industry varchar(100),
    company_size varchar(50),
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
]
