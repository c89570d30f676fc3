import type {Generated} from 'kysely'
import type {Json} from './json.ts'

/** A domain mail is sent from; `tenant_id` has no foreign key, so it may name no tenant (guide: domains). */
export interface DomainsTable {
  id: Generated<string>
  tenant_id: string
  company_id: string | null
  domain: string
  verification_status: Generated<string | null>
  dns_records: Json | null
  is_primary: Generated<boolean | null>
  verified: string | null
  mailu_domain: string | null
  dns_ttl_observed: number | null
  dns_last_verified_at: string | null
  dns_verification_error: string | null
  dns_verification_attempts: Generated<number | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A mailbox of a domain; its secret is in the vault at `vault_key_path`, not here (guide: email_accounts). */
export interface EmailAccountsTable {
  id: Generated<string>
  tenant_id: string
  domain_id: string | null
  email: string
  provider: Generated<string | null>
  vault_key_path: string | null
  imap_settings: Json | null
  smtp_settings: Json | null
  status: Generated<string | null>
  last_warmed: string | null
  daily_count: Generated<number | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}
