import type {Generated} from 'kysely'
import type {Json} from './json.ts'

/** A platform-wide setting; where `is_sensitive` is true, `value` may not be shown unmasked (guide: system_config). */
export interface SystemConfigTable {
  key: string
  value: Json | null
  description: string | null
  category: string | null
  is_sensitive: Generated<boolean | null>
  updated_by: string | null
  updated: Generated<string | null>
}

/** A feature flag; nothing in the database keeps `rollout_percentage` within 0 to 100 (guide: feature_flags). */
export interface FeatureFlagsTable {
  id: Generated<string>
  key: string
  description: string | null
  is_enabled: Generated<boolean | null>
  rollout_percentage: Generated<number | null>
  updated_by: string | null
  updated: Generated<string | null>
}

/** What a user prefers; the database allows more than one row for a user (guide: user_preferences). */
export interface UserPreferencesTable {
  id: Generated<string>
  user_id: string | null
  theme: Generated<string | null>
  language: Generated<string | null>
  timezone: Generated<string | null>
  email_notifications: Generated<boolean | null>
  push_notifications: Generated<boolean | null>
  weekly_reports: Generated<boolean | null>
  marketing_emails: Generated<boolean | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A tenant's billing address, notices and looks, at most one row per tenant (guide: tenant_config). */
export interface TenantConfigTable {
  tenant_id: string
  stripe_customer_id: string | null
  billing_email: string | null
  billing_address: Json | null
  notify_on_billing_changes: Generated<boolean | null>
  notify_on_system_updates: Generated<boolean | null>
  notify_on_security_alerts: Generated<boolean | null>
  theme_primary_color: string | null
  theme_logo_url: string | null
  theme_favicon_url: string | null
  ui_sidebar_default_collapsed: Generated<boolean | null>
  ui_date_format: string | null
  ui_timezone: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A tenant's password, session and membership rules, at most one row per tenant (guide: tenant_policies). */
export interface TenantPoliciesTable {
  tenant_id: string
  password_min_length: Generated<number | null>
  password_require_uppercase: Generated<boolean | null>
  password_require_numbers: Generated<boolean | null>
  password_require_symbols: Generated<boolean | null>
  session_timeout_hours: Generated<number | null>
  max_login_attempts: Generated<number | null>
  two_factor_required: Generated<boolean | null>
  company_default_status: Generated<string | null>
  company_allow_member_invites: Generated<boolean | null>
  company_auto_approve_members: Generated<boolean | null>
  company_require_email_verification: Generated<boolean | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}
