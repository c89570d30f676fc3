import {companyStatuses} from './company-status.ts'
import {
  dateFormat,
  emailAddress,
  hexColor,
  httpsUrl,
  oneOf,
  postalAddress,
  type SettingKind,
  type SettingValue,
  timeZone,
  wholeNumber,
  yesOrNo,
} from './setting-values.ts'

/** A setting of a tenant: what it can be, and what it is for. */
export interface Setting {
  kind: SettingKind
  /** What the column has by default (guide: Configuration & Settings). */
  default: SettingValue | null
  /** In words, behind its name. */
  about: string
  /** Of what is there to protect a tenant: which value protects more, or that more or less does. */
  stricter?: boolean | 'more' | 'less'
}

export type Settings = Readonly<Record<string, Setting>>

/** The columns of `tenant_config` that operators set. The Stripe customer is not among them: that is Stripe's to say. */
export const configSettings = {
  billing_email: {kind: emailAddress, default: null, about: 'where invoices go'},
  billing_address: {kind: postalAddress, default: null, about: 'what stands on invoices'},
  notify_on_billing_changes: {kind: yesOrNo, default: false, about: 'mail when its billing changes'},
  notify_on_system_updates: {kind: yesOrNo, default: false, about: 'mail when the platform is updated'},
  notify_on_security_alerts: {kind: yesOrNo, default: false, about: 'mail when something looks unsafe'},
  theme_primary_color: {kind: hexColor, default: null, about: 'the main colour of its pages'},
  theme_logo_url: {kind: httpsUrl, default: null, about: 'its logo'},
  theme_favicon_url: {kind: httpsUrl, default: null, about: 'its icon in a browser’s tabs'},
  ui_sidebar_default_collapsed: {kind: yesOrNo, default: false, about: 'the sidebar is folded at first'},
  ui_date_format: {kind: dateFormat, default: null, about: 'how dates are written'},
  ui_timezone: {kind: timeZone, default: null, about: 'where times are told'},
} as const satisfies Settings

/** The columns of `tenant_policies`, all of which operators set. */
export const policySettings = {
  password_min_length: {kind: wholeNumber(8, 128), default: 8, about: 'the shortest password', stricter: 'more'},
  password_require_uppercase: {kind: yesOrNo, default: false, about: 'a capital letter is needed', stricter: true},
  password_require_numbers: {kind: yesOrNo, default: false, about: 'a digit is needed', stricter: true},
  password_require_symbols: {kind: yesOrNo, default: false, about: 'a symbol is needed', stricter: true},
  session_timeout_hours: {kind: wholeNumber(1, 720), default: 8, about: 'when a session ends', stricter: 'less'},
  max_login_attempts: {kind: wholeNumber(1, 20), default: 5, about: 'wrong passwords until a lock', stricter: 'less'},
  two_factor_required: {kind: yesOrNo, default: false, about: 'everybody needs a second factor', stricter: true},
  company_default_status: {kind: oneOf(companyStatuses), default: 'active', about: 'what a new company begins as'},
  company_allow_member_invites: {kind: yesOrNo, default: true, about: 'members may invite', stricter: false},
  company_auto_approve_members: {kind: yesOrNo, default: false, about: 'who is invited is in at once', stricter: false},
  company_require_email_verification: {
    kind: yesOrNo,
    default: true,
    about: 'who joins confirms their address',
    stricter: true,
  },
} as const satisfies Settings

export const configNames = Object.keys(configSettings) as (keyof typeof configSettings)[]
export const policyNames = Object.keys(policySettings) as (keyof typeof policySettings)[]

/** Whether a setting protects less than before; what is not set is as by default. */
export function isWeaker(setting: Setting, before: unknown, after: unknown): boolean {
  const [was, is] = [before ?? setting.default, after ?? setting.default]
  if (typeof setting.stricter === 'boolean') return was === setting.stricter && is !== setting.stricter
  if (typeof was !== 'number' || typeof is !== 'number') return false
  return setting.stricter === 'more' ? is < was : setting.stricter === 'less' && is > was
}
