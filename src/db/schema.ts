import type {PaymentsTable, PlansTable, SubscriptionAddonsTable, SubscriptionsTable} from './schema/billing.ts'
import type {CampaignSequenceStepsTable, CampaignsTable, LeadsTable} from './schema/campaigns.ts'
import type {
  EmailTemplatesTable,
  FoldersTable,
  TagsTable,
  TemplateDictionariesTable,
  TemplateFoldersTable,
  TemplatesTable,
  TemplateTagsTable,
} from './schema/content.ts'
import type {DomainsTable, EmailAccountsTable} from './schema/domains.ts'
import type {CompaniesTable, TenantsTable, TenantUsersTable, UsersTable} from './schema/identity.ts'
import type {DomainIpAssignmentsTable, SmtpIpAddressesTable, VpsInstancesTable} from './schema/infrastructure.ts'
import type {
  ChangesTable,
  ChangeTargetsTable,
  JobChangesTable,
  JobPagesTable,
  JobsTable,
  NamesView,
  OperatorLoginsTable,
  RefusalsTable,
  RowImagesTable,
} from './schema/pm.ts'
import type {
  FeatureFlagsTable,
  SystemConfigTable,
  TenantConfigTable,
  TenantPoliciesTable,
  UserPreferencesTable,
} from './schema/settings.ts'
import type {PermissionsTable, StaffMembersTable, StaffRolePermissionsTable, StaffRolesTable} from './schema/staff.ts'

/**
 * The platform's 32 tables of the OLTP schema guide, as our parsers return their rows: timestamptz as ISO-8601 UTC
 * strings, numeric as exact text, bigint as a number; and pm's own tables and views, under `pm.`.
 */
export interface Database {
  campaign_sequence_steps: CampaignSequenceStepsTable
  campaigns: CampaignsTable
  companies: CompaniesTable
  domain_ip_assignments: DomainIpAssignmentsTable
  domains: DomainsTable
  email_accounts: EmailAccountsTable
  email_templates: EmailTemplatesTable
  feature_flags: FeatureFlagsTable
  folders: FoldersTable
  leads: LeadsTable
  payments: PaymentsTable
  permissions: PermissionsTable
  'pm.account_names': NamesView
  'pm.campaign_names': NamesView
  'pm.change_targets': ChangeTargetsTable
  'pm.changes': ChangesTable
  'pm.job_changes': JobChangesTable
  'pm.job_pages': JobPagesTable
  'pm.jobs': JobsTable
  'pm.company_names': NamesView
  'pm.domain_names': NamesView
  'pm.operator_logins': OperatorLoginsTable
  'pm.refusals': RefusalsTable
  'pm.row_images': RowImagesTable
  'pm.template_names': NamesView
  plans: PlansTable
  smtp_ip_addresses: SmtpIpAddressesTable
  staff_members: StaffMembersTable
  staff_role_permissions: StaffRolePermissionsTable
  staff_roles: StaffRolesTable
  subscription_addons: SubscriptionAddonsTable
  subscriptions: SubscriptionsTable
  system_config: SystemConfigTable
  tags: TagsTable
  template_dictionaries: TemplateDictionariesTable
  template_folders: TemplateFoldersTable
  template_tags: TemplateTagsTable
  templates: TemplatesTable
  tenant_config: TenantConfigTable
  tenant_policies: TenantPoliciesTable
  tenant_users: TenantUsersTable
  tenants: TenantsTable
  user_preferences: UserPreferencesTable
  users: UsersTable
  vps_instances: VpsInstancesTable
}
