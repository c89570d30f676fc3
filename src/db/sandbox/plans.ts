import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {stripeId} from './stripe-id.ts'

const slugs = ['starter', 'growth', 'scale', 'enterprise', 'black-friday-2025', 'founder', 'agency'] as const

/** The word by which the sandbox's files name a plan. */
export type PlanSlug = (typeof slugs)[number]

interface Plan {
  name: string
  description: string
  /** Cents a month; a year costs ten months. */
  price: number
  features: readonly ('api' | 'priority' | 'analytics' | 'white-label')[]
  limits: Readonly<
    Record<'users' | 'domains' | 'accounts' | 'campaigns' | 'emails' | 'contacts' | 'warmups', number | null>
  >
  /** API requests a minute. */
  rate: number
  storageGb: number
  /** Days since the plan was made. */
  age: number
  state: 'sold' | 'retired' | 'draft'
  notes?: string
}

// A limit of null is no limit.
const plans: Readonly<Record<PlanSlug, Plan>> = {
  starter: {
    name: 'Starter',
    description: 'One team, first campaigns.',
    price: 2900,
    features: [],
    limits: {users: 3, domains: 3, accounts: 5, campaigns: 10, emails: 10_000, contacts: 2000, warmups: 2},
    rate: 60,
    storageGb: 5,
    age: 1020.3,
    state: 'sold',
  },
  growth: {
    name: 'Growth',
    description: 'More domains, the API and analytics.',
    price: 7900,
    features: ['api', 'analytics'],
    limits: {users: 10, domains: 10, accounts: 25, campaigns: 50, emails: 75_000, contacts: 25_000, warmups: 10},
    rate: 300,
    storageGb: 50,
    age: 1020.3,
    state: 'sold',
  },
  scale: {
    name: 'Scale',
    description: 'High volume with priority support.',
    price: 24_900,
    features: ['api', 'analytics', 'priority'],
    limits: {users: 40, domains: 25, accounts: 100, campaigns: 200, emails: 500_000, contacts: 200_000, warmups: 40},
    rate: 1200,
    storageGb: 250,
    age: 1020.3,
    state: 'sold',
  },
  enterprise: {
    name: 'Enterprise',
    description: 'No fixed limits, own contract.',
    price: 99_900,
    features: ['api', 'analytics', 'priority', 'white-label'],
    limits: {users: null, domains: null, accounts: null, campaigns: null, emails: null, contacts: null, warmups: 200},
    rate: 6000,
    storageGb: 2000,
    age: 950.6,
    state: 'sold',
    notes: 'Limits by contract; null means none.',
  },
  'black-friday-2025': {
    name: 'Black Friday 2025',
    description: 'Growth at half price.',
    price: 3900,
    features: ['api', 'analytics'],
    limits: {users: 10, domains: 10, accounts: 25, campaigns: 50, emails: 75_000, contacts: 25_000, warmups: 10},
    rate: 300,
    storageGb: 50,
    age: 402.8,
    state: 'retired',
    notes: 'Seasonal; reactivate for one week only.',
  },
  founder: {
    name: 'Founder',
    description: 'Thanks to our first customers.',
    price: 1900,
    features: ['api'],
    limits: {users: 5, domains: 5, accounts: 10, campaigns: 25, emails: 30_000, contacts: 10_000, warmups: 5},
    rate: 120,
    storageGb: 20,
    age: 1020.3,
    state: 'retired',
    notes: 'Grandfathered: renews, is not sold.',
  },
  agency: {
    name: 'Agency',
    description: 'Many small workspaces under one roof.',
    price: 39_900,
    features: ['api', 'analytics', 'priority', 'white-label'],
    limits: {users: 60, domains: 80, accounts: 320, campaigns: 400, emails: 600_000, contacts: 300_000, warmups: 80},
    rate: 1200,
    storageGb: 400,
    age: 12.4,
    state: 'draft',
    notes: 'Waiting for its Stripe product.',
  },
}

/** The plan behind a slug. */
export function planOf(slug: PlanSlug): Plan {
  return plans[slug]
}

/** The id of a plan. */
export function planId(slug: PlanSlug): string {
  return sandboxId(`plan:${slug}`)
}

/** Rows of `plans`. */
export function planRows(clock: Clock): RowOf<'plans'>[] {
  return slugs.map((slug) => planRow(clock, slug, plans[slug]))
}

function planRow(clock: Clock, slug: PlanSlug, plan: Plan): RowOf<'plans'> {
  return {
    id: planId(slug),
    name: plan.name,
    slug,
    description: plan.description,
    max_users: plan.limits.users,
    max_domains: plan.limits.domains,
    max_campaigns_per_month: plan.limits.campaigns,
    api_rate_limit: plan.rate,
    max_email_accounts: plan.limits.accounts,
    max_emails_per_month: plan.limits.emails,
    max_warmups: plan.limits.warmups,
    max_contacts: plan.limits.contacts,
    max_storage_gb: plan.storageGb,
    api_access: plan.features.includes('api'),
    priority_support: plan.features.includes('priority'),
    advanced_analytics: plan.features.includes('analytics'),
    white_label: plan.features.includes('white-label'),
    price_monthly: plan.price,
    price_yearly: plan.price * 10,
    notes: plan.notes ?? null,
    is_active: plan.state === 'sold',
    stripe_product_id: plan.state === 'draft' ? null : stripeId('prod', slug),
    created: clock.daysAgo(plan.age),
    updated: clock.daysAgo(plan.age / 5),
  }
}
