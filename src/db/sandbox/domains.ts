import type {Clock} from './clock.ts'
import {companyId} from './companies.ts'
import {profileOf} from './dns-profiles.ts'
import {dnsDocument, hoursSinceGood, type NumberedDomain, troubleText} from './dns-records.ts'
import {type DomainName, domainId, domainList, domainOf} from './domain-list.ts'
import {nth} from './nth.ts'
import type {RowOf} from './row-of.ts'
import {tenantId, tenantOf} from './tenants.ts'

/** Rows of `domains`. */
export function domainRows(clock: Clock): RowOf<'domains'>[] {
  return domainList.map((listed, i) => {
    const domain = {...listed, i}
    const {tenant} = listed
    const {status} = profileOf(listed.dns)
    const age = domainAge(listed.domain)
    const checked = clock.hoursAgo(hoursSinceGood(domain))
    return {
      id: domainId(listed.domain),
      tenant_id: tenantId(tenant),
      company_id: companyId(tenant),
      domain: listed.domain,
      verification_status: status,
      dns_records: dnsDocument(clock, domain),
      is_primary: indexInTenant(listed.domain) === 0,
      verified: status === 'verified' ? clock.daysAgo(age * 0.97) : null,
      mailu_domain: listed.dns === 'none' ? null : 'mail.penguinmails.example',
      dns_ttl_observed: status === 'verified' || status === 'failed' ? nth([3600, 300, 14_400, 1800], i) : null,
      dns_last_verified_at: lastGood(clock, domain),
      dns_verification_error: troubleText(listed),
      dns_verification_attempts: attempts(domain),
      created: clock.daysAgo(age),
      updated: status === 'verified' ? checked : clock.daysAgo(Math.min(age / 2, 0.4 + (i % 6))),
    }
  })
}

/** Days since a domain was added: the first with the tenant, each later one in two thirds of the time left. */
export function domainAge(domain: DomainName): number {
  const {tenant} = domainOf(domain)
  return tenantOf(tenant).age * 0.999 * (2 / 3) ** indexInTenant(domain)
}

/** The domain's place among its tenant's. */
function indexInTenant(domain: DomainName): number {
  const {tenant} = domainOf(domain)
  return domainList.filter((other) => other.tenant === tenant).findIndex((other) => other.domain === domain)
}

function lastGood(clock: Clock, domain: NumberedDomain): string | null {
  const {status, regressed} = profileOf(domain.dns)
  return status === 'verified' || regressed ? clock.hoursAgo(hoursSinceGood(domain)) : null
}

function attempts({dns, i}: NumberedDomain): number {
  const {status, trouble} = profileOf(dns)
  if (status === 'verified') return 1 + (i % 2)
  return Math.max(0, ...Object.values(trouble).map((wrong) => wrong.attempts))
}
