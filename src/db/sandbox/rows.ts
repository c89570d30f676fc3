import type {Json} from '../schema/json.ts'
import type {Database} from '../schema.ts'
import {assignmentRows} from './assignments.ts'
import {campaignStepRows} from './campaign-steps.ts'
import {campaignRows} from './campaigns.ts'
import {type Clock, clockAt} from './clock.ts'
import {companyRows} from './companies.ts'
import {domainRows} from './domains.ts'
import {accountRows} from './email-accounts.ts'
import {dictionaryRows, emailTemplateRows} from './eta-templates.ts'
import {flagRows} from './feature-flags.ts'
import {ipRows} from './ips.ts'
import {leadRows} from './leads.ts'
import {paymentRows} from './payments.ts'
import {planRows} from './plans.ts'
import type {RowOf} from './row-of.ts'
import {staffRows} from './staff.ts'
import {addonRows} from './subscription-addons.ts'
import {subscriptionRows} from './subscriptions.ts'
import {settingRows} from './system-config.ts'
import {folderRows, tagRows, templateFolderRows, templateTagRows} from './template-sorting.ts'
import {templateRows} from './templates.ts'
import {tenantConfigRows, tenantPolicyRows} from './tenant-settings.ts'
import {tenantRows} from './tenants.ts'
import {preferenceRows} from './user-preferences.ts'
import {tenantUserRows, userRows} from './users.ts'
import {vpsRows} from './vps.ts'

/** The rows of one table; all of them have the same columns. */
export interface SandboxTable {
  readonly table: SandboxTableName
  readonly rows: readonly Readonly<Record<string, Json>>[]
}

/** The platform's tables the sandbox fills: all but the three the catalogue of permissions is written to. */
type SandboxTableName = Exclude<
  keyof Database,
  `pm.${string}` | 'permissions' | 'staff_roles' | 'staff_role_permissions'
>

/** Every row of the sandbox by table, in an order that satisfies foreign keys. Deterministic: the same `asOf` gives the same rows. */
export function sandboxRows(asOf: Date): SandboxTable[] {
  const tables = Object.entries(tablesAt(clockAt(asOf))) as [SandboxTableName, SandboxTable['rows']][]
  return tables.map(([table, rows]) => ({table, rows}))
}

// The order is that of the foreign keys; the type sees to it that no table is left out.
function tablesAt(clock: Clock): {[T in SandboxTableName]: RowOf<T>[]} {
  return {
    users: userRows(clock),
    tenants: tenantRows(clock),
    tenant_users: tenantUserRows(clock),
    staff_members: staffRows(clock),
    user_preferences: preferenceRows(clock),
    tenant_config: tenantConfigRows(clock),
    tenant_policies: tenantPolicyRows(clock),
    system_config: settingRows(clock),
    feature_flags: flagRows(clock),
    plans: planRows(clock),
    subscriptions: subscriptionRows(clock),
    subscription_addons: addonRows(clock),
    payments: paymentRows(clock),
    companies: companyRows(clock),
    domains: domainRows(clock),
    email_accounts: accountRows(clock),
    leads: leadRows(clock),
    vps_instances: vpsRows(clock),
    smtp_ip_addresses: ipRows(clock),
    domain_ip_assignments: assignmentRows(clock),
    folders: folderRows(clock),
    tags: tagRows(clock),
    templates: templateRows(clock),
    template_folders: templateFolderRows(clock),
    template_tags: templateTagRows(clock),
    email_templates: emailTemplateRows(clock),
    template_dictionaries: dictionaryRows(clock),
    campaigns: campaignRows(clock),
    campaign_sequence_steps: campaignStepRows(clock),
  }
}
