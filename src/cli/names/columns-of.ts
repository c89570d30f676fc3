import type {Heading} from '../../output/told-apart.ts'

/** What the column that names things of a noun may be called, the best first: an id means one thing only, a name may not. */
export const columnsOf = {
  tenant: ['tenant_id', 'id', 'tenant', 'domain', 'name'],
  company: ['company_id', 'id', 'company', 'name'],
  campaign: ['campaign_id', 'id', 'campaign', 'name'],
  account: ['account_id', 'id', 'account', 'email', 'name'],
  domain: ['domain_id', 'id', 'domain', 'name'],
  person: ['user_id', 'id', 'email', 'name'],
  // Users are found by their addresses, and IPs too.
  user: ['email'],
  IP: ['ip', 'ip_address', 'name'],
  permission: ['permission', 'name'],
} as const satisfies Readonly<Record<string, readonly Heading[]>>

/** A kind of things of which many can be named at once. */
export type ListedNoun = keyof typeof columnsOf
