import type {Clock} from './clock.ts'
import type {PlanSlug} from './plans.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {stripeId} from './stripe-id.ts'
import type {TenantKey} from './tenants.ts'

/** What can be bought on top, in dollars a month each. */
const prices = {
  extra_domains: '5.00',
  dedicated_ip: '30.00',
  extra_contacts: '10.00',
  priority_support: '49.00',
} as const

interface Addon {
  tenant: TenantKey
  plan: PlanSlug
  type: keyof typeof prices
  quantity: number
  /** Days since it was bought. */
  age: number
  ended?: true
}

const addons: readonly Addon[] = [
  {tenant: 'acme', plan: 'growth', type: 'dedicated_ip', quantity: 1, age: 210.6},
  {tenant: 'acme', plan: 'growth', type: 'extra_contacts', quantity: 2, age: 131.2},
  {tenant: 'soester', plan: 'growth', type: 'priority_support', quantity: 1, age: 90.4},
  {tenant: 'harborpine', plan: 'growth', type: 'extra_contacts', quantity: 1, age: 77.7, ended: true},
  {tenant: 'kestrel', plan: 'scale', type: 'dedicated_ip', quantity: 2, age: 300.1},
  {tenant: 'verde', plan: 'growth', type: 'extra_domains', quantity: 3, age: 48.9},
  {tenant: 'summit', plan: 'scale', type: 'extra_contacts', quantity: 5, age: 160.5},
  {tenant: 'atlas', plan: 'enterprise', type: 'dedicated_ip', quantity: 4, age: 412.3},
  {tenant: 'quill', plan: 'founder', type: 'extra_domains', quantity: 1, age: 500.8, ended: true},
]

/** Rows of `subscription_addons`. */
export function addonRows(clock: Clock): RowOf<'subscription_addons'>[] {
  return addons.map(({tenant, plan, type, quantity, age, ended}) => ({
    id: stripeId('si', `${tenant}:${type}`),
    subscription_id: sandboxId(`subscription:${tenant}:${plan}`),
    addon_type: type,
    quantity,
    price_monthly: prices[type],
    stripe_price_id: stripeId('price', type),
    is_active: !ended,
    created: clock.daysAgo(age),
    updated: clock.daysAgo(ended ? age / 2 : age),
  }))
}
