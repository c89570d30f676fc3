import type {Json} from '../schema/json.ts'
import type {Clock} from './clock.ts'
import {dkimKeys, shortDkimKey} from './dkim-keys.ts'
import {type MailRecord, profileOf} from './dns-profiles.ts'
import type {SandboxDomain} from './domain-list.ts'
import {nth} from './nth.ts'

type DnsRecord = {[key: string]: Json}

/** A domain and its place in the list, from which whatever may differ between domains is derived. */
export interface NumberedDomain extends SandboxDomain {
  i: number
}

/** The `dns_records` document of a domain, or null where nobody has set up DNS. */
export function dnsDocument(clock: Clock, domain: NumberedDomain): Json {
  if (domain.dns === 'none') return null
  return {
    records: [
      {...spf(domain), ...verification(clock, domain, 'SPF'), source: 'ui'},
      {...dkim(domain), ...verification(clock, domain, 'DKIM'), source: 'platform'},
      ...(domain.dns === 'rotated' ? [nextDkim(domain)] : []),
      {...dmarc(domain), ...verification(clock, domain, 'DMARC'), source: domain.i % 3 === 0 ? 'api' : 'ui'},
      {...mx(domain), ...verification(clock, domain, 'MX'), source: 'ui'},
      ...(domain.web ? web(clock, domain) : []),
    ],
  }
}

/** Hours since a domain's last good verification. */
export function hoursSinceGood({dns, checked, i}: NumberedDomain): number {
  return profileOf(dns).regressed ? 24 * (6.4 + (i % 5)) : (checked ?? 2.3 + ((i * 5) % 21))
}

/** What is wrong with a domain in one sentence, as the domain's own row repeats it. */
export function troubleText({dns, domain}: SandboxDomain): string | null {
  const first = Object.values(profileOf(dns).trouble).find(({error}) => error !== null)
  return first?.error?.replace('{domain}', domain) ?? null
}

function verification(clock: Clock, domain: NumberedDomain, record: MailRecord): DnsRecord {
  const {trouble, regressed} = profileOf(domain.dns)
  const wrong = trouble[record]
  const lastGood = clock.hoursAgo(hoursSinceGood(domain))
  if (wrong === undefined) return verified(lastGood, 1 + (domain.i % 2))
  return {
    verification_status: wrong.status,
    last_verified_at: regressed ? lastGood : null,
    verification_attempts: wrong.attempts,
    verification_error: wrong.error?.replace('{domain}', domain.domain) ?? null,
  }
}

function verified(at: string, attempts: number): DnsRecord {
  return {
    verification_status: 'verified',
    last_verified_at: at,
    verification_attempts: attempts,
    verification_error: null,
  }
}

function spf({dns, policy}: SandboxDomain): DnsRecord {
  const more =
    dns === 'spf-lookups' ? 'include:_spf.crm.example include:_spf.desk.example include:_spf.shop.example ' : ''
  const all = policy === 'reject' ? '-all' : '~all'
  return {record_type: 'SPF', name: '@', value: `v=spf1 include:_spf.penguinmails.example ${more}${all}`, ttl: 3600}
}

function dkim(domain: NumberedDomain): DnsRecord {
  if (domain.dns !== 'mailu') return platformKey(domain, {selector: 'pm1', key: nth(dkimKeys, domain.i)})
  return {...dkimKey('dkim', shortDkimKey), managed_by: 'mailu', secret_ref: null, needs_deployment: false}
}

function nextDkim(domain: NumberedDomain): DnsRecord {
  return {
    ...platformKey(domain, {selector: 'pm2', key: nth(dkimKeys, domain.i + 1)}),
    needs_deployment: true,
    verification_status: 'pending',
    last_verified_at: null,
    verification_attempts: 0,
    verification_error: null,
    source: 'platform',
  }
}

function platformKey({domain, dns}: SandboxDomain, {selector, key}: {selector: string; key: string}): DnsRecord {
  return {
    ...dkimKey(selector, key),
    managed_by: 'platform',
    secret_ref: `vault://mail/dkim/${domain}/${selector}`,
    needs_deployment: dns === 'undeployed',
  }
}

function dkimKey(selector: string, key: string): DnsRecord {
  const value = `v=DKIM1; k=rsa; p=${key}`
  return {record_type: 'DKIM', name: `${selector}._domainkey`, selector, value, public_key: key, ttl: 3600}
}

function dmarc({domain, policy = 'quarantine'}: {domain: string; policy?: string}): DnsRecord {
  const value = `v=DMARC1; p=${policy}; rua=mailto:dmarc@${domain}`
  return {record_type: 'DMARC', name: '_dmarc', value, policy, ttl: 3600}
}

function mx({i}: NumberedDomain): DnsRecord {
  return {
    record_type: 'MX',
    name: '@',
    value: 'mail.penguinmails.example.',
    priority: 10,
    mx_hosts: [nth(['192.0.2.5', '198.51.100.5'], i)],
    ttl: 3600,
  }
}

function web(clock: Clock, domain: NumberedDomain): DnsRecord[] {
  const good = {...verified(clock.hoursAgo(hoursSinceGood(domain)), 1), source: 'api'}
  return [
    {record_type: 'A', name: '@', value: '192.0.2.80', ttl: 300, ...good},
    {record_type: 'AAAA', name: '@', value: '2001:db8:80::80', ttl: 300, ...good},
    {record_type: 'CNAME', name: 'track', value: 'click.penguinmails.example.', ttl: 300, ...good},
  ]
}
