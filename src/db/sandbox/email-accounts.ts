import type {Clock} from './clock.ts'
import {type DomainName, domainId, domainList, type SandboxDomain} from './domain-list.ts'
import {domainAge} from './domains.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantId, tenantOf} from './tenants.ts'

/** What an operator can find an account in; nothing in the database holds the column to these. */
type AccountStatus = 'active' | 'suspended' | 'error'

// Tenants who don't pay, and the one who closed.
const suspended: readonly TenantKey[] = ['copper', 'dailydeal', 'meadow', 'oldmill']

// Mailboxes whose login Mailu refuses, and all of a domain whose name servers don't answer.
const refused: readonly string[] = [
  'sales@northline.example',
  'hello@shop.harborpine.example',
  'sales@summitdental.example',
]

/** A mailbox, and the domain it is of. */
interface Account {
  local: string
  listed: SandboxDomain & {domain: DomainName}
}

// Every domain with DNS has one mailbox, a tenant's primary one a second, Acme's newsletter its own.
const accounts: readonly Account[] = domainList
  .filter(({dns}) => dns !== 'none')
  .flatMap((listed) => localParts(listed).map((local) => ({local, listed})))

/** The id of an e-mail account. */
export function accountId(address: string): string {
  return sandboxId(`account:${address}`)
}

/** Rows of `email_accounts`. */
export function accountRows(clock: Clock): RowOf<'email_accounts'>[] {
  return accounts.map(({local, listed}, i) => {
    const email = `${local}@${listed.domain}`
    const status = statusOf(email, listed)
    const age = domainAge(listed.domain) * 0.9
    const sends = status === 'active' && listed.dns !== 'new' && listed.dns !== 'undeployed'
    return {
      id: accountId(email),
      tenant_id: tenantId(listed.tenant),
      domain_id: domainId(listed.domain),
      email,
      provider: 'mailu',
      vault_key_path: `vault://mail/accounts/${listed.domain}/${local}`,
      imap_settings: {host: 'imap.penguinmails.example', port: 993, security: 'tls', username: email},
      smtp_settings: {host: 'smtp.penguinmails.example', port: 587, security: 'starttls', username: email},
      status,
      last_warmed: sends ? clock.hoursAgo(1.5 + (i % 19)) : null,
      daily_count: sends ? 20 + ((i * 37) % 180) : 0,
      created: clock.daysAgo(age),
      updated: clock.daysAgo(Math.min(age / 2, 1.1 + (i % 12))),
    }
  })
}

function localParts({tenant, domain}: SandboxDomain): string[] {
  if (domain === 'news.acme.example') return ['newsletter']
  return tenantOf(tenant).home === domain ? ['hello', 'sales'] : ['hello']
}

function statusOf(email: string, {tenant, dns}: SandboxDomain): AccountStatus {
  if (suspended.includes(tenant)) return 'suspended'
  return dns === 'servfail' || refused.includes(email) ? 'error' : 'active'
}
