/** What the platform, a user or a tenant has set; created after identity (guide: System Configuration & Settings). */
export const settingsTables: readonly string[] = [
  `create table public.system_config (
    key varchar(255) primary key,
    value jsonb,
    description varchar(500),
    category varchar(50),
    is_sensitive boolean default false,
    updated_by uuid references public.users (id),
    updated timestamptz default now()
  )`,
  `create table public.feature_flags (
    id uuid primary key default gen_random_uuid(),
    key varchar(100) unique not null,
    description text,
    is_enabled boolean default false,
    rollout_percentage integer default 0,
    updated_by uuid references public.users (id),
    updated timestamptz default now()
  )`,
  `create table public.user_preferences (
    id uuid primary key default gen_random_uuid(),
    user_id uuid references public.users (id),
    theme varchar(50) default 'light',
    language varchar(10) default 'en',
    timezone varchar(100) default 'UTC',
    email_notifications boolean default true,
    push_notifications boolean default true,
    weekly_reports boolean default false,
    marketing_emails boolean default false,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.tenant_config (
    tenant_id uuid primary key references public.tenants (id),
    stripe_customer_id varchar(255),
    billing_email varchar(255),
    billing_address jsonb,
    notify_on_billing_changes boolean default false,
    notify_on_system_updates boolean default false,
    notify_on_security_alerts boolean default false,
    theme_primary_color varchar(7),
    theme_logo_url varchar(500),
    theme_favicon_url varchar(500),
    ui_sidebar_default_collapsed boolean default false,
    ui_date_format varchar(20),
    ui_timezone varchar(50),
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.tenant_policies (
    tenant_id uuid primary key references public.tenants (id),
    password_min_length integer default 8,
    password_require_uppercase boolean default false,
    password_require_numbers boolean default false,
    password_require_symbols boolean default false,
    session_timeout_hours integer default 8,
    max_login_attempts integer default 5,
    two_factor_required boolean default false,
    company_default_status varchar(50) default 'active',
    company_allow_member_invites boolean default true,
    company_auto_approve_members boolean default false,
    company_require_email_verification boolean default true,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
]
