import {fieldsSection, type Section} from '../output/detail.ts'
import type {Kind, View} from '../output/view.ts'
import type {TenantConfig, TenantPolicy} from '../queries/tenant/settings.ts'
import {configNames, configSettings, policyNames, policySettings, type Setting} from '../rules/tenant-settings.ts'
import {type Linked, stripeLink} from './stripe-link.ts'

/** A tenant's settings, with its page in Stripe's dashboard. */
export type ShownTenantConfig = TenantConfig & Linked

const config = (name: keyof typeof configSettings, kind: Kind) => setting(name, kind, configSettings[name])
const policy = (name: keyof typeof policySettings, kind: Kind) => setting(name, kind, policySettings[name])

const about = {
  stored: {kind: 'boolean', header: 'Its own'},
  updated: {kind: 'timestamp', nullable: true},
  tenant_id: {kind: 'text', header: 'Tenant ID'},
} as const

export const tenantConfigView: View<ShownTenantConfig> = {
  noun: 'config',
  plural: 'configs',
  name: 'tenant_id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    billing_email: config('billing_email', 'text'),
    billing_address: config('billing_address', 'json'),
    notify_on_billing_changes: config('notify_on_billing_changes', 'boolean'),
    notify_on_system_updates: config('notify_on_system_updates', 'boolean'),
    notify_on_security_alerts: config('notify_on_security_alerts', 'boolean'),
    theme_primary_color: config('theme_primary_color', 'text'),
    theme_logo_url: config('theme_logo_url', 'text'),
    theme_favicon_url: config('theme_favicon_url', 'text'),
    ui_sidebar_default_collapsed: config('ui_sidebar_default_collapsed', 'boolean'),
    ui_date_format: config('ui_date_format', 'text'),
    ui_timezone: config('ui_timezone', 'text'),
    stripe_customer_id: {kind: 'text', header: 'Stripe customer', nullable: true},
    stripe_url: {...stripeLink, header: 'Customer at Stripe'},
    ...about,
  },
  table: ['tenant', ...configNames],
}

export const tenantPolicyView: View<TenantPolicy> = {
  noun: 'policy',
  plural: 'policies',
  name: 'tenant_id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    password_min_length: policy('password_min_length', 'integer'),
    password_require_uppercase: policy('password_require_uppercase', 'boolean'),
    password_require_numbers: policy('password_require_numbers', 'boolean'),
    password_require_symbols: policy('password_require_symbols', 'boolean'),
    session_timeout_hours: policy('session_timeout_hours', 'integer'),
    max_login_attempts: policy('max_login_attempts', 'integer'),
    two_factor_required: policy('two_factor_required', 'boolean'),
    company_default_status: policy('company_default_status', 'text'),
    company_allow_member_invites: policy('company_allow_member_invites', 'boolean'),
    company_auto_approve_members: policy('company_auto_approve_members', 'boolean'),
    company_require_email_verification: policy('company_require_email_verification', 'boolean'),
    ...about,
  },
  table: ['tenant', ...policyNames],
}

/** What `pm tenant config show` shows a person. */
export function tenantConfigSections(settings: ShownTenantConfig): Section[] {
  const {stored} = settings
  return [
    fieldsSection(settings, tenantConfigView, ['tenant', 'stripe_url', ...(stored ? (['updated'] as const) : [])]),
    {title: 'Settings', ...fieldsSection(settings, tenantConfigView, configNames)},
    ...(stored ? [] : [none('It has no settings of its own: the defaults hold.')]),
  ]
}

/** What `pm tenant policy show` shows a person. */
export function tenantPolicySections(policies: TenantPolicy): Section[] {
  const {stored} = policies
  return [
    fieldsSection(policies, tenantPolicyView, ['tenant', ...(stored ? (['updated'] as const) : [])]),
    {title: 'Policies', ...fieldsSection(policies, tenantPolicyView, policyNames)},
    ...(stored ? [] : [none('It has no policies of its own: the defaults hold.')]),
  ]
}

// A setting goes by the name under which it is set. What is not set is as by default.
function setting(header: string, kind: Kind, {default: value}: Setting) {
  return {kind, header, nullable: true, ...(value === null ? {} : {none: `not set; ${inWords(value)} by default`})}
}

function inWords(value: NonNullable<Setting['default']>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`
}

function none(text: string): Section {
  return {lines: [{text, tone: 'dim'}]}
}
