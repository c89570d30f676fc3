import type {Json} from '../schema/json.ts'
import type {Clock} from './clock.ts'
import {nth} from './nth.ts'
import type {RowOf} from './row-of.ts'
import {stripeId} from './stripe-id.ts'
import {type SandboxTenant, type TenantKey, tenantId, tenantList} from './tenants.ts'

const addresses: readonly {[part: string]: Json}[] = [
  {line1: '12 Market Street', city: 'Portland', state: 'OR', postal_code: '97204', country: 'US'},
  {line1: 'Vestergade 4, 2. tv', city: 'København K', postal_code: '1456', country: 'DK'},
  {line1: '1-2-3 Jingumae', city: 'Shibuya-ku, Tokyo', postal_code: '150-0001', country: 'JP'},
  {line1: "5 St. Stephen's Green", line2: 'Floor 2', city: 'Dublin', postal_code: 'D02 X285', country: 'IE'},
]

const colors: readonly string[] = ['#0b5fff', '#127a43', '#b3261e', '#6b3fa0']
const dateFormats: readonly string[] = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY']

// Signed up and not paying yet, and one that was gone before Stripe came.
const withoutCustomer: readonly TenantKey[] = ['newleaf', 'ghostlight-old']

/** Rows of `tenant_config`; the Old Mill Bakery has none. */
export function tenantConfigRows(clock: Clock): RowOf<'tenant_config'>[] {
  return tenantList
    .filter(({key}) => key !== 'oldmill')
    .map((tenant, i) => ({
      tenant_id: tenantId(tenant.key),
      stripe_customer_id: withoutCustomer.includes(tenant.key) ? null : stripeId('cus', tenant.key),
      billing_email: i % 9 === 8 ? null : `billing@${tenant.home}`,
      billing_address:
        i % 5 === 4
          ? null
          : nth(
              addresses.filter((address) => address !== null),
              i,
            ),
      notify_on_billing_changes: i % 2 === 0,
      notify_on_system_updates: i % 3 === 0,
      notify_on_security_alerts: true,
      theme_primary_color: i % 4 === 3 ? null : nth(colors, i),
      theme_logo_url: i % 4 === 0 ? `https://cdn.penguinmails.example/themes/${tenant.key}/logo.svg` : null,
      theme_favicon_url: null,
      ui_sidebar_default_collapsed: i % 6 === 5,
      ui_date_format: nth(dateFormats, i),
      ui_timezone: tenant.zone,
      created: clock.daysAgo(tenant.age),
      updated: clock.daysAgo(tenant.age / 3),
    }))
}

/** Rows of `tenant_policies`: strict for those with sensitive mail, the defaults for most, none for the newest. */
export function tenantPolicyRows(clock: Clock): RowOf<'tenant_policies'>[] {
  return tenantList
    .filter(({age, deleted}) => age > 20 && deleted === undefined)
    .map((tenant) => ({
      tenant_id: tenantId(tenant.key),
      ...policies(tenant),
      company_default_status: 'active',
      company_allow_member_invites: true,
      company_require_email_verification: true,
      created: clock.daysAgo(tenant.age),
      updated: clock.daysAgo(tenant.age / 2),
    }))
}

const strict: readonly string[] = ['lumen', 'redwood', 'fenwick', 'cobalt']

function policies({key}: SandboxTenant) {
  const tight = strict.includes(key)
  return {
    password_min_length: tight ? 14 : 8,
    password_require_uppercase: tight,
    password_require_numbers: tight,
    password_require_symbols: tight,
    session_timeout_hours: tight ? 2 : 8,
    max_login_attempts: tight ? 3 : 5,
    two_factor_required: tight || key === 'acme',
    company_auto_approve_members: key === 'marlow',
  }
}
