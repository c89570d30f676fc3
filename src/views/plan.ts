import type {Field, View} from '../output/view.ts'
import type {PlanRow} from '../queries/plan/columns.ts'
import {major} from '../rules/money.ts'
import {type planFeatures, type planLimits, planWords} from '../rules/plan-columns.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

/** A plan as it is listed. */
export type ShownPlan = PlanRow & Linked

const limit = (name: (typeof planLimits)[number]): Field<number | null> => ({
  kind: 'integer',
  nullable: true,
  header: planWords[name],
  none: 'no limit',
  cell: (most) => most.toLocaleString('en'),
})

const price = (header: string): Field<number | null> => ({kind: 'integer', nullable: true, header, cell: major})

const feature = (name: (typeof planFeatures)[number]): Field<boolean | null> => ({
  kind: 'boolean',
  nullable: true,
  header: planWords[name],
})

export const planView: View<ShownPlan> = {
  noun: 'plan',
  plural: 'plans',
  name: 'slug',
  fields: {
    slug: {kind: 'text', header: 'Plan'},
    name: {kind: 'text'},
    is_active: {
      kind: 'boolean',
      nullable: true,
      header: 'State',
      cell: (active) => (active ? {text: 'active', tone: 'good'} : {text: 'inactive', tone: 'dim'}),
    },
    price_monthly: price('Monthly'),
    price_yearly: price('Yearly'),
    max_users: limit('max_users'),
    max_domains: limit('max_domains'),
    max_email_accounts: limit('max_email_accounts'),
    max_campaigns_per_month: limit('max_campaigns_per_month'),
    max_emails_per_month: limit('max_emails_per_month'),
    max_contacts: limit('max_contacts'),
    max_warmups: limit('max_warmups'),
    max_storage_gb: limit('max_storage_gb'),
    api_rate_limit: limit('api_rate_limit'),
    api_access: feature('api_access'),
    priority_support: feature('priority_support'),
    advanced_analytics: feature('advanced_analytics'),
    white_label: feature('white_label'),
    description: {kind: 'text', nullable: true},
    notes: {kind: 'text', nullable: true},
    stripe_product_id: {kind: 'text', header: 'Stripe product', nullable: true},
    stripe_url: stripeLink,
    created: {kind: 'timestamp', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['slug', 'is_active', 'price_monthly', 'price_yearly', 'max_domains', 'max_emails_per_month'],
  wide: ['name', 'max_users', 'max_email_accounts', 'max_contacts', 'stripe_url', 'created', 'id'],
}
