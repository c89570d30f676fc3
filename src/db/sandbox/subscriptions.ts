import type {SubscriptionStatus} from '../schema/billing.ts'
import type {Clock} from './clock.ts'
import {ownerId, userId} from './people.ts'
import {type PlanSlug, planId} from './plans.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {stripeId} from './stripe-id.ts'
import {type TenantKey, tenantId, tenantOf} from './tenants.ts'

/** A subscription as payments and add-ons see it. */
export interface SandboxSubscription {
  tenant: TenantKey
  plan: PlanSlug
  status: SubscriptionStatus
  /** Days since the current (or last) billing period began. */
  into: number
  yearly?: true
  /** Days since it was subscribed to, where that isn't when the tenant signed up. */
  since?: number
  pending?: PlanSlug
  /** A wish to end with the period; days since it was made. */
  cancel?: {ago: number; reason: string | null}
  /** Who gets the invoices, where that isn't the owner. */
  contact?: string
}

/** The subscriptions; one tenant (Newleaf Gardens) has none yet, one (Granite Peak) had another before. */
export const subscriptions: readonly SandboxSubscription[] = [
  {tenant: 'acme', plan: 'growth', status: 'active', into: 11.62, contact: 'chloe@acme.example'},
  {tenant: 'northline', plan: 'starter', status: 'active', into: 12.31, pending: 'growth'},
  {tenant: 'soester', plan: 'growth', status: 'active', into: 17.85},
  {tenant: 'pengin', plan: 'scale', status: 'active', into: 120.04, yearly: true},
  {tenant: 'oreilly', plan: 'starter', status: 'active', into: 0.47},
  {tenant: 'hello-ops', plan: 'starter', status: 'active', into: 1.19},
  {tenant: 'harborpine', plan: 'growth', status: 'active', into: 20.72},
  {tenant: 'lumen', plan: 'enterprise', status: 'active', into: 12.15, contact: 'accounts-payable@lumenhealth.example'},
  {
    tenant: 'kestrel',
    plan: 'scale',
    status: 'active',
    into: 18.9,
    pending: 'enterprise',
    contact: 'tess@kestrel.example',
  },
  {tenant: 'blueanchor', plan: 'growth', status: 'active', into: 5.5},
  {tenant: 'tidewater', plan: 'starter', status: 'active', into: 18.26, cancel: {ago: 2.4, reason: null}},
  {tenant: 'quill', plan: 'founder', status: 'active', into: 3.41},
  {tenant: 'marlow', plan: 'starter', status: 'active', into: 21.77},
  {tenant: 'fenwick', plan: 'founder', status: 'active', into: 158.13, yearly: true},
  {tenant: 'cafecreme', plan: 'growth', status: 'past_due', into: 2.08},
  {tenant: 'sunrise', plan: 'growth', status: 'past_due', into: 6.36, contact: 'dana@sunrisesolar.example'},
  {
    tenant: 'granite',
    plan: 'starter',
    status: 'canceled',
    into: 461.2,
    since: 700.1,
    cancel: {ago: 440.6, reason: 'Too small for us now; upgrading'},
  },
  {tenant: 'granite', plan: 'growth', status: 'active', into: 10.58, since: 430.58},
  {
    tenant: 'pixel',
    plan: 'scale',
    status: 'active',
    into: 9.93,
    cancel: {ago: 4.1, reason: 'Moving to a tool made in house'},
  },
  {tenant: 'verde', plan: 'growth', status: 'active', into: 22.02, pending: 'starter'},
  {tenant: 'copper', plan: 'starter', status: 'unpaid', into: 13.64},
  {
    tenant: 'atlas',
    plan: 'enterprise',
    status: 'active',
    into: 65.2,
    yearly: true,
    contact: 'finance@atlasfreight.example',
  },
  {tenant: 'brightpath', plan: 'starter', status: 'active', into: 0.81},
  {tenant: 'summit', plan: 'scale', status: 'active', into: 25.55},
  {tenant: 'redwood', plan: 'enterprise', status: 'active', into: 30.39, yearly: true},
  {tenant: 'cobalt', plan: 'black-friday-2025', status: 'active', into: 0.22},
  {
    tenant: 'meadow',
    plan: 'starter',
    status: 'canceled',
    into: 73.7,
    cancel: {ago: 51.3, reason: 'Too expensive'},
  },
  {
    tenant: 'orbit',
    plan: 'growth',
    status: 'active',
    into: 8.44,
    cancel: {ago: 1.6, reason: "Season's over; back in spring"},
  },
  {tenant: 'dailydeal', plan: 'growth', status: 'unpaid', into: 25.28},
  {tenant: 'ghostlight', plan: 'starter', status: 'active', into: 15.9, since: 15.9},
  {
    tenant: 'oldmill',
    plan: 'starter',
    status: 'canceled',
    into: 70.33,
    cancel: {ago: 54.8, reason: 'Closing the bakery'},
  },
  {
    tenant: 'ghostlight-old',
    plan: 'starter',
    status: 'canceled',
    into: 160.09,
    cancel: {ago: 142.5, reason: null},
  },
]

/** The readable key of a subscription, from which its ids are made. */
export function subscriptionKey({tenant, plan}: SandboxSubscription): string {
  return `subscription:${tenant}:${plan}`
}

/** Days since a subscription began. */
export function subscriptionAge({tenant, since}: SandboxSubscription): number {
  return since ?? tenantOf(tenant).age
}

/** The user who gets the invoices. */
export function billingContactId({tenant, contact}: SandboxSubscription): string {
  return contact === undefined ? ownerId(tenant) : userId(contact)
}

/** Days in a billing period. */
export function periodDays({yearly}: SandboxSubscription): number {
  return yearly ? 365 : 30
}

/** Rows of `subscriptions`. */
export function subscriptionRows(clock: Clock): RowOf<'subscriptions'>[] {
  return subscriptions.map((subscription) => {
    const {tenant, plan, pending, status, into, cancel} = subscription
    return {
      id: sandboxId(subscriptionKey(subscription)),
      tenant_id: tenantId(tenant),
      plan_id: planId(plan),
      pending_plan_id: pending === undefined ? null : planId(pending),
      status,
      current_period_start: clock.daysAgo(into),
      current_period_end: clock.daysAgo(into - periodDays(subscription)),
      cancel_at_period_end: cancel !== undefined && status !== 'canceled',
      cancel_reason: cancel?.reason ?? null,
      cancel_date: cancel === undefined ? null : clock.daysAgo(cancel.ago),
      billing_contact_user_id: billingContactId(subscription),
      stripe_subscription_id: stripeId('sub', subscriptionKey(subscription)),
      created: clock.daysAgo(subscriptionAge(subscription)),
      updated: clock.daysAgo(cancel?.ago ?? into),
    }
  })
}
