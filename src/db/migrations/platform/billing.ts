/** Plans and references into Stripe; created after identity (guide: Billing & Subscription Management). */
export const billingTables: readonly string[] = [
  `create table public.plans (
    id uuid primary key default gen_random_uuid(),
    name varchar(100) not null,
    slug varchar(100) not null unique,
    description text,
    max_users integer,
    max_domains integer,
    max_campaigns_per_month integer,
    api_rate_limit integer,
    max_email_accounts integer,
    max_emails_per_month integer,
    max_warmups integer,
    max_contacts integer,
    max_storage_gb integer,
    api_access boolean default false,
    priority_support boolean default false,
    advanced_analytics boolean default false,
    white_label boolean default false,
    price_monthly integer,
    price_yearly integer,
    notes text,
    is_active boolean default true, -- false hides it from buyers, subscribers still renew
    stripe_product_id varchar(255),
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create index idx_plans_stripe_product
    on public.plans (stripe_product_id)
    where stripe_product_id is not null`,
  `create table public.subscriptions (
    id uuid primary key default gen_random_uuid(),
    tenant_id uuid references public.tenants (id) on delete cascade,
    plan_id uuid references public.plans (id),
    pending_plan_id uuid references public.plans (id), -- takes over when the period ends
    status varchar(50) check (status in ('active', 'past_due', 'canceled', 'unpaid')),
    current_period_start timestamptz,
    current_period_end timestamptz,
    cancel_at_period_end boolean default false,
    cancel_reason text,
    cancel_date timestamptz, -- when cancelling was begun, not when it takes effect
    billing_contact_user_id uuid references public.users (id),
    stripe_subscription_id varchar(255),
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.subscription_addons (
    id varchar(255) primary key,
    subscription_id uuid references public.subscriptions (id) on delete cascade,
    addon_type varchar(50) not null,
    quantity integer default 1,
    price_monthly numeric(10, 2),
    stripe_price_id varchar(255),
    is_active boolean default true,
    created timestamptz default now(),
    updated timestamptz default now()
  )`,
  `create table public.payments (
    id uuid primary key default gen_random_uuid(),
    subscription_id uuid references public.subscriptions (id) on delete cascade,
    initiated_by_user_id uuid references public.users (id),
    amount numeric(10, 2) not null,
    currency varchar(3) default 'USD',
    status varchar(20) not null, -- succeeded, failed, refunded (unchecked)
    processed timestamptz,
    description text,
    stripe_payment_intent_id varchar(255),
    billing_period_start timestamptz,
    billing_period_end timestamptz,
    created timestamptz default now()
  )`,
]
