export const dnsRecordTypes = ['SPF', 'DKIM', 'DMARC', 'MX', 'A', 'AAAA', 'CNAME'] as const
export type DnsRecordType = (typeof dnsRecordTypes)[number]

export const dnsStatuses = ['pending', 'verified', 'failed', 'error'] as const
export type DnsStatus = (typeof dnsStatuses)[number]

/** A record that a domain shall have in DNS, and how its verification stands (guide: DNS Records JSON Structure). */
export interface ExpectedRecord {
  record_type: DnsRecordType
  /** Relative to the domain, `@` for the domain itself; with a dot at the end, a whole name. */
  name: string
  value: string
  ttl?: number | null
  /** Of an MX. */
  priority?: number | null
  /** Of an MX: the addresses its host shall have. */
  mx_hosts?: readonly string[] | null
  /** Of a DMARC record: the `p=` of the value. */
  policy?: 'none' | 'quarantine' | 'reject' | null
  /** Of a DKIM record: the label before `_domainkey`, and the `p=` of the value. */
  selector?: string | null
  public_key?: string | null
  managed_by?: 'platform' | 'mailu' | null
  secret_ref?: string | null
  /** The record is newer than what is deployed: DNS need not have it yet. */
  needs_deployment?: boolean | null
  verification_status?: DnsStatus | null
  last_verified_at?: string | null
  verification_attempts?: number | null
  verification_error?: string | null
  /** The TTL that its name servers publish it with, in seconds, when it was last seen there. */
  ttl_observed?: number | null
  source?: 'ui' | 'platform' | 'api' | null
}

/** The whole name of a record, in lower case, without the last dot. */
export function recordName({name}: Pick<ExpectedRecord, 'name'>, domain: string): string {
  const [plain, whole] = [name.toLowerCase(), domain.toLowerCase()]
  if (plain === '@') return whole
  if (plain.endsWith('.')) return plain.slice(0, -1)
  return plain === whole || plain.endsWith(`.${whole}`) ? plain : `${plain}.${whole}`
}

/** The type under which a record stands in DNS. */
export type ExpectedDnsType = 'TXT' | 'MX' | 'A' | 'AAAA' | 'CNAME'

export function dnsTypeOf({record_type: type}: Pick<ExpectedRecord, 'record_type'>): ExpectedDnsType {
  return type === 'SPF' || type === 'DKIM' || type === 'DMARC' ? 'TXT' : type
}

/** The selector of a DKIM record: said, or the label before `_domainkey` in its name. */
export function selectorOf({selector, name}: Pick<ExpectedRecord, 'selector' | 'name'>): string | undefined {
  return selector ?? /^(.+?)\._domainkey(?:\.|$)/i.exec(name)?.[1]
}
