/** The templates of mails and how they are sorted; needs no other area (guide: Template Management, Eta storage). */
export const contentTables: readonly string[] = [
  `create table public.templates (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    name varchar(100) not null,
    subject varchar(255),
    content text,
    is_started boolean default false,
    updated timestamptz,
    created timestamptz default now()
  )`,
  `create table public.folders (
    id bigint primary key generated always as identity,
    name text not null,
    updated timestamptz,
    created timestamptz default now()
  )`,
  `create table public.template_folders (
    id bigint primary key generated always as identity,
    template_id uuid references public.templates (id) on delete cascade,
    folder_id bigint references public.folders (id) on delete cascade,
    updated timestamptz,
    created timestamptz default now(),
    unique (template_id, folder_id)
  )`,
  `create table public.tags (
    id bigint primary key generated always as identity,
    value text not null,
    description text,
    name text,
    tenant_id uuid,
    created timestamptz default now(),
    updated timestamptz,
    is_default boolean default false
  )`,
  `create table public.template_tags (
    id bigint primary key generated always as identity,
    template_id uuid references public.templates (id) on delete cascade,
    tag_id bigint references public.tags (id) on delete cascade,
    tenant_id uuid not null,
    updated timestamptz,
    created timestamptz default now(),
    unique (template_id, tag_id)
  )`,
  `create table public.email_templates (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    name text not null,
    subject text not null,
    body text not null,
    async boolean default false, -- the body uses async includes
    created timestamptz default now(),
    updated timestamptz default now(),
    unique (tenant_id, name)
  )`,
  `create table public.template_dictionaries (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid not null,
    key text not null,
    value jsonb not null,
    created timestamptz default now()
  )`,
  'create index idx_template_dictionaries_tenant on public.template_dictionaries (tenant_id)',
]
