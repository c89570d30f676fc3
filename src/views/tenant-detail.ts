import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {TenantDetail} from '../queries/tenant/detail.ts'
import type {TenantIp, TenantPayment} from '../queries/tenant/parts.ts'
import type {TenantSubscription} from '../queries/tenant/subscription.ts'
import {subscriptionStatuses} from '../rules/subscription-status.ts'
import type {Here} from './here.ts'
import {ipView} from './ip.ts'
import {recentChangeView} from './recent-change.ts'
import {statusBars, statusCountView} from './status-count.ts'
import {type Linked, stripeLink} from './stripe-link.ts'
import {tenantView} from './tenant.ts'
import {campaignTones, companyTones, domainTones, paymentTones, subscriptionTones, toned} from './toned.ts'
import {usageSection, usageView} from './usage.ts'

/** A tenant with all that is known of it, and its pages in Stripe's dashboard. */
export interface ShownTenantDetail extends Omit<TenantDetail, 'subscription' | 'last_payment'> {
  stripe_customer_url: string | null
  subscription: (TenantSubscription & Linked) | null
  last_payment: ShownTenantPayment | null
}

type ShownTenantPayment = TenantPayment & Linked

const subscriptionView: View<TenantSubscription & Linked> = {
  noun: 'subscription',
  plural: 'subscriptions',
  name: 'id',
  fields: {
    plan: {kind: 'text', nullable: true},
    pending_plan: {kind: 'text', nullable: true, header: 'Then'},
    status: {kind: 'text', nullable: true, values: subscriptionStatuses, cell: toned(subscriptionTones)},
    current_period_start: {kind: 'timestamp', header: 'Period began', nullable: true},
    current_period_end: {kind: 'timestamp', header: 'Period ends', nullable: true},
    cancel_at_period_end: {kind: 'boolean', header: 'Ends with it', nullable: true},
    stripe_subscription_id: {kind: 'text', header: 'Stripe subscription', nullable: true},
    stripe_url: stripeLink,
    id: {kind: 'text', header: 'ID'},
  },
  table: ['plan', 'pending_plan', 'status', 'current_period_end', 'cancel_at_period_end', 'stripe_url'],
}

const paymentView: View<ShownTenantPayment> = {
  noun: 'payment',
  plural: 'payments',
  name: 'id',
  fields: {
    created: {kind: 'timestamp', nullable: true},
    amount: {kind: 'decimal'},
    currency: {kind: 'text', nullable: true},
    status: {kind: 'text', cell: toned(paymentTones)},
    processed: {kind: 'timestamp', nullable: true},
    description: {kind: 'text', nullable: true},
    stripe_payment_intent_id: {kind: 'text', header: 'Stripe payment', nullable: true},
    stripe_url: stripeLink,
    id: {kind: 'text', header: 'ID'},
  },
  table: ['status', 'amount', 'currency', 'created', 'description', 'stripe_url'],
}

const companyView: View<NonNullable<TenantDetail['companies']>[number]> = {
  noun: 'company',
  plural: 'companies',
  name: 'id',
  fields: {
    company: {kind: 'text'},
    workspace: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, cell: toned(companyTones)},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['company', 'workspace', 'status'],
}

const tenantIpView: View<TenantIp> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: ipView.fields.ip,
    status: {kind: 'text', nullable: true},
    reputation: {kind: 'text', nullable: true},
    domains: {kind: 'integer'},
  },
  table: ['ip', 'status', 'reputation', 'domains'],
}

export const tenantDetailView: View<ShownTenantDetail> = {
  ...tenantView,
  fields: {
    ...tenantView.fields,
    owners: {kind: 'list'},
    subscription: {kind: 'json', nullable: true, record: subscriptionView},
    stripe_customer_id: {kind: 'text', header: 'Stripe customer', nullable: true},
    stripe_customer_url: {...stripeLink, header: 'Customer at Stripe'},
    billing_email: {kind: 'text', header: 'Billing e-mail', nullable: true},
    compute_id: {kind: 'text', header: 'Own compute', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    last_payment: {kind: 'json', nullable: true, record: paymentView},
    usage: {kind: 'json', rows: usageView},
    companies: {kind: 'json', nullable: true, rows: companyView},
    domains_by_status: {kind: 'json', nullable: true, rows: statusCountView},
    ips: {kind: 'json', header: 'IPs', nullable: true, rows: tenantIpView},
    campaigns_by_status: {kind: 'json', nullable: true, rows: statusCountView},
    changes: {kind: 'json', rows: recentChangeView},
    hidden: {kind: 'list'},
  },
}

/** What `pm tenant show` shows a person. */
export function tenantSections(tenant: ShownTenantDetail, here: Here): Section[] {
  const {subscription, last_payment, companies, domains_by_status, ips, campaigns_by_status, hidden} = tenant
  return [
    fieldsSection(tenant, tenantDetailView, [
      'tenant',
      ...whatElse(tenant),
      'owners',
      'billing_email',
      'created',
      'id',
    ]),
    subscription
      ? {title: 'Subscription', ...fieldsSection(subscription, subscriptionView, subscriptionView.table)}
      : tableSection('Subscription', [], subscriptionView),
    ...(hidden.includes('payment.read') ? [] : [paymentSection(last_payment)]),
    usageSection(usageTitle(tenant), tenant.usage),
    ...(domains_by_status ? [statusBars('Domains', 'domains', domains_by_status, domainTones)] : []),
    ...(ips ? [tableSection('IPs it sends by', ips, tenantIpView)] : []),
    ...(campaigns_by_status ? [statusBars('Campaigns', 'campaigns', campaigns_by_status, campaignTones)] : []),
    ...(companies ? [companiesSection(tenant.id, companies, here)] : []),
    tableSection('Recent changes', tenant.changes, recentChangeView),
    ...(hidden.length > 0 ? [{lines: [{text: `Not shown without ${hidden.join(', ')}.`, tone: 'dim' as const}]}] : []),
  ]
}

function whatElse({deleted, compute_id, stripe_customer_url}: ShownTenantDetail): (keyof ShownTenantDetail & string)[] {
  return [
    ...(deleted === null ? [] : (['deleted'] as const)),
    ...(stripe_customer_url === null ? [] : (['stripe_customer_url'] as const)),
    ...(compute_id === null ? [] : (['compute_id'] as const)),
  ]
}

// As many as a tenant's detail holds.
const mostCompanies = 20

function companiesSection(tenantId: string, companies: NonNullable<TenantDetail['companies']>, here: Here): Section {
  const more = {text: here(`There may be more: pm tenant companies ${tenantId}`), tone: 'dim'} as const
  const section = tableSection('Companies', companies, companyView)
  return companies.length < mostCompanies ? section : {...section, lines: [more]}
}

function paymentSection(payment: ShownTenantPayment | null): Section {
  const title = 'Last payment'
  return payment
    ? {title, ...fieldsSection(payment, paymentView, paymentView.table)}
    : tableSection(title, [], paymentView)
}

/** What the bars of use are measured by. */
export function usageTitle({plan, status}: Pick<TenantDetail, 'plan' | 'status'>): string {
  return plan !== null && status !== null && status !== 'canceled'
    ? `Use of the plan ${plan}`
    : 'Use; no plan limits it'
}
