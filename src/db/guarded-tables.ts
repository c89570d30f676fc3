import type {Permission} from '../rules/permissions.ts'

/** What operators may write in one table, and under which permission. */
export interface GuardedTable {
  permission: Permission
  /** The primary key. */
  key: readonly string[]
  /** The columns an operator may update. Columns that Stripe's webhooks own are never here. */
  update: readonly string[]
  /** Whether operators add rows, and so may also take them back (undo). */
  insert?: true
  delete?: true
}

/**
 * Every table that `pm` writes. Grants, guard triggers and audit triggers are made from this list, and the engine that
 * applies a change refuses any other table.
 */
export const guardedTables = {
  'public.smtp_ip_addresses': {
    permission: 'ip.write',
    key: ['id'],
    update: [
      'status',
      'reputation_state',
      'assigned_count',
      'last_reputation_check',
      'provider_blacklist_status',
      'updated',
    ],
    insert: true,
    delete: true,
  },
  'public.domain_ip_assignments': {
    permission: 'ip.write',
    key: ['id'],
    update: ['status', 'expires', 'warmup_state', 'updated'],
    insert: true,
    delete: true,
  },
  'public.domains': {
    permission: 'domain.write',
    key: ['id'],
    update: [
      'verification_status',
      'dns_records',
      'is_primary',
      'verified',
      'mailu_domain',
      'dns_ttl_observed',
      'dns_last_verified_at',
      'dns_verification_error',
      'dns_verification_attempts',
      'updated',
    ],
    insert: true,
    delete: true,
  },
  'public.vps_instances': {
    permission: 'vps.write',
    key: ['id'],
    update: ['status', 'decommission_scheduled_for', 'updated'],
    insert: true,
    delete: true,
  },
  'public.plans': {
    permission: 'plan.write',
    key: ['id'],
    update: [
      'name',
      'slug',
      'description',
      'max_users',
      'max_domains',
      'max_campaigns_per_month',
      'api_rate_limit',
      'max_email_accounts',
      'max_emails_per_month',
      'max_warmups',
      'max_contacts',
      'max_storage_gb',
      'api_access',
      'priority_support',
      'advanced_analytics',
      'white_label',
      'price_monthly',
      'price_yearly',
      'notes',
      'is_active',
      'stripe_product_id',
      'updated',
    ],
    insert: true,
    delete: true,
  },
  'public.subscriptions': {permission: 'subscription.write', key: ['id'], update: ['pending_plan_id', 'updated']},
  'public.tenants': {permission: 'tenant.delete', key: ['id'], update: ['deleted', 'updated']},
  'public.tenant_users': {permission: 'tenant.write', key: ['tenant_id', 'user_id'], update: ['roles', 'updated']},
  'public.tenant_config': {
    permission: 'tenant.write',
    key: ['tenant_id'],
    update: [
      'billing_email',
      'billing_address',
      'notify_on_billing_changes',
      'notify_on_system_updates',
      'notify_on_security_alerts',
      'theme_primary_color',
      'theme_logo_url',
      'theme_favicon_url',
      'ui_sidebar_default_collapsed',
      'ui_date_format',
      'ui_timezone',
      'updated',
    ],
    insert: true,
    delete: true,
  },
  'public.tenant_policies': {
    permission: 'tenant.write',
    key: ['tenant_id'],
    update: [
      'password_min_length',
      'password_require_uppercase',
      'password_require_numbers',
      'password_require_symbols',
      'session_timeout_hours',
      'max_login_attempts',
      'two_factor_required',
      'company_default_status',
      'company_allow_member_invites',
      'company_auto_approve_members',
      'company_require_email_verification',
      'updated',
    ],
    insert: true,
    delete: true,
  },
  'public.companies': {permission: 'company.write', key: ['id'], update: ['status', 'updated']},
  'public.campaigns': {permission: 'campaign.write', key: ['id'], update: ['status', 'updated']},
  // Accounts go with their domain, and come back where that is undone.
  'public.email_accounts': {
    permission: 'account.write',
    key: ['id'],
    update: ['status', 'daily_count', 'updated'],
    insert: true,
    delete: true,
  },
  'public.feature_flags': {
    permission: 'flags.write',
    key: ['id'],
    update: ['description', 'is_enabled', 'rollout_percentage', 'updated_by', 'updated'],
    insert: true,
    delete: true,
  },
  'public.system_config': {
    permission: 'config.write',
    key: ['key'],
    update: ['value', 'description', 'category', 'is_sensitive', 'updated_by', 'updated'],
    insert: true,
    delete: true,
  },
  'public.staff_members': {
    permission: 'staff.write',
    key: ['user_id'],
    update: ['role_id', 'notes', 'updated'],
    insert: true,
    delete: true,
  },
  'public.staff_roles': {permission: 'staff.write', key: ['id'], update: ['description'], insert: true, delete: true},
  'public.staff_role_permissions': {
    permission: 'staff.write',
    key: ['role_id', 'permission_id'],
    update: ['created'],
    insert: true,
    delete: true,
  },
  'pm.operator_logins': {
    permission: 'staff.write',
    key: ['login'],
    update: ['user_id', 'disabled'],
    insert: true,
    delete: true,
  },
  'pm.jobs': {permission: 'job.write', key: ['id'], update: ['state'], insert: true},
} as const satisfies Record<string, GuardedTable>

export type GuardedTableName = keyof typeof guardedTables

export const guardedTableNames = Object.keys(guardedTables) as GuardedTableName[]
