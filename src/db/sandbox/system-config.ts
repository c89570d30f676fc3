import type {Json} from '../schema/json.ts'
import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {staffId} from './staff.ts'

interface Setting {
  key: string
  value: Json
  description: string | null
  category: string
  /** The value may be shown to nobody without saying why. */
  secret?: true
}

const settings: readonly Setting[] = [
  {
    key: 'stripe_account_id',
    value: 'acct_1SandboxPenguin00',
    description: "The platform's own Stripe account",
    category: 'billing',
  },
  {key: 'stripe_secret_key', value: 'fake-stripe-key', description: 'Stripe API', category: 'billing', secret: true},
  {key: 'invoice_grace_days', value: 14, description: 'Days from past_due to unpaid', category: 'billing'},
  {
    key: 'smtp_relay',
    value: {host: 'relay.penguinmails.example', username: 'relay', password: 'fake-smtp-password'},
    description: 'Relay for our own notices',
    category: 'email',
    secret: true,
  },
  {key: 'support_email', value: 'support@penguinmails.example', description: null, category: 'email'},
  {key: 'dkim_selector', value: 'pm1', description: 'Selector of new DKIM keys', category: 'dns'},
  {key: 'spf_include', value: '_spf.penguinmails.example', description: "The pool's SPF record", category: 'dns'},
  {
    key: 'blocklists',
    value: ['zen.spamhaus.org', 'bl.spamcop.net', 'b.barracudacentral.org'],
    description: 'Lists every sending IP is looked up in',
    category: 'dns',
  },
  {key: 'warmup_schedule', value: [50, 100, 250, 500, 1000, 2500, 5000], description: 'Mails a day', category: 'ip'},
  {key: 'ip_max_domains', value: 12, description: 'Domains one IP should carry at most', category: 'ip'},
  {key: 'reputation_check_days', value: 7, description: 'Older checks count as stale', category: 'ip'},
  {
    key: 'mailu_api_token',
    value: 'fake-mailu-token',
    description: 'Mailu API',
    category: 'infrastructure',
    secret: true,
  },
  {
    key: 'hostwinds_api',
    value: {key_id: 'sandbox', secret: 'fake-hostwinds-secret'},
    description: 'Renting servers',
    category: 'infrastructure',
    secret: true,
  },
  {key: 'maintenance_mode', value: false, description: 'Tenants see a notice', category: 'general'},
  {key: 'maintenance_notice', value: null, description: 'The notice', category: 'general'},
]

/** Rows of `system_config`. */
export function settingRows(clock: Clock): RowOf<'system_config'>[] {
  return settings.map(({key, value, description, category, secret}, i) => ({
    key,
    value,
    description,
    category,
    is_sensitive: secret ?? false,
    updated_by: i % 4 === 3 ? null : staffId(i % 4 === 0 ? 'Ada' : 'Olga'),
    updated: clock.daysAgo(3.3 + i * 21.7),
  }))
}
