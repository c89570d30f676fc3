import type {DnsCase} from './dns-profiles.ts'
import {sandboxId} from './sandbox-id.ts'
import type {TenantKey} from './tenants.ts'

/** A domain as the other files of the sandbox know it. */
export interface SandboxDomain {
  tenant: TenantKey
  domain: string
  dns: DnsCase
  /** The DMARC policy; quarantine where nothing is said. */
  policy?: 'none' | 'reject'
  /** It also has a website and a tracking host. */
  web?: true
  /** Hours since the last verification, where that isn't within the day. */
  checked?: number
}

const list = [
  {tenant: 'acme', domain: 'acme.example', dns: 'healthy', policy: 'reject', web: true},
  {tenant: 'acme', domain: 'news.acme.example', dns: 'healthy'},
  {tenant: 'acme', domain: 'acme-offers.example', dns: 'dmarc-missing'},
  {tenant: 'acme', domain: 'acme-mail.example', dns: 'rotated'},
  {tenant: 'acme', domain: 'acme-events.example', dns: 'partial'},
  {tenant: 'northline', domain: 'northline.example', dns: 'healthy'},
  {tenant: 'northline', domain: 'northline-jobs.example', dns: 'healthy', policy: 'none'},
  {tenant: 'northline', domain: 'northline-talent.example', dns: 'spf-twice'},
  {tenant: 'northline', domain: 'hire-northline.example', dns: 'partial'},
  {tenant: 'northline', domain: 'northline-careers.example', dns: 'new'},
  {tenant: 'northline', domain: 'northline-eu.example', dns: 'undeployed'},
  {tenant: 'soester', domain: 'soester.example', dns: 'healthy'},
  {tenant: 'soester', domain: 'xn--sster-vua.example', dns: 'dkim-missing'},
  {tenant: 'soester', domain: 'nyhedsbrev.soester.example', dns: 'healthy'},
  {tenant: 'pengin', domain: 'pengin.example', dns: 'healthy', policy: 'reject', web: true},
  {tenant: 'pengin', domain: 'xn--ockte5cb.example', dns: 'healthy'},
  {tenant: 'pengin', domain: 'mail.pengin.example', dns: 'mailu'},
  {tenant: 'pengin', domain: 'pengin-shop.example', dns: 'partial'},
  {tenant: 'oreilly', domain: 'oreillys-orchard.example', dns: 'healthy'},
  {tenant: 'oreilly', domain: 'orchard-boxes.example', dns: 'partial'},
  {tenant: 'hello-ops', domain: 'hello-ops.example', dns: 'spf-lookups', policy: 'none'},
  {tenant: 'harborpine', domain: 'harborpine.example', dns: 'healthy', web: true},
  {tenant: 'harborpine', domain: 'harborpine-mail.example', dns: 'healthy'},
  {tenant: 'harborpine', domain: 'shop.harborpine.example', dns: 'dkim-mismatch'},
  {tenant: 'lumen', domain: 'lumenhealth.example', dns: 'healthy', policy: 'reject', web: true},
  {tenant: 'lumen', domain: 'lumen-care.example', dns: 'healthy', policy: 'reject'},
  {tenant: 'lumen', domain: 'appointments.lumenhealth.example', dns: 'rotated', policy: 'reject'},
  {tenant: 'lumen', domain: 'billing.lumenhealth.example', dns: 'healthy', policy: 'reject'},
  {tenant: 'lumen', domain: 'lumen-research.example', dns: 'undeployed'},
  {tenant: 'kestrel', domain: 'kestrel.example', dns: 'healthy'},
  {tenant: 'kestrel', domain: 'kestrel-labs.example', dns: 'new'},
  {tenant: 'kestrel', domain: 'updates.kestrel.example', dns: 'timeout'},
  {tenant: 'blueanchor', domain: 'blueanchor.example', dns: 'healthy'},
  {tenant: 'blueanchor', domain: 'track.blueanchor.example', dns: 'mx-foreign'},
  {tenant: 'tidewater', domain: 'tidewater.example', dns: 'healthy', policy: 'none'},
  {tenant: 'tidewater', domain: 'tidewater-homes.example', dns: 'partial'},
  {tenant: 'quill', domain: 'quillpress.example', dns: 'mailu', checked: 24 * 43},
  {tenant: 'quill', domain: 'quill-letters.example', dns: 'healthy'},
  {tenant: 'marlow', domain: 'marlowbikes.example', dns: 'healthy', web: true},
  {tenant: 'marlow', domain: 'marlow-parts.example', dns: 'healthy'},
  {tenant: 'marlow', domain: 'marlow-club.example', dns: 'servfail'},
  {tenant: 'fenwick', domain: 'fenwick-legal.example', dns: 'mailu', checked: 24 * 61},
  {tenant: 'cafecreme', domain: 'cafecreme.example', dns: 'healthy'},
  {tenant: 'cafecreme', domain: 'fidelite.cafecreme.example', dns: 'partial'},
  {tenant: 'sunrise', domain: 'sunrisesolar.example', dns: 'spf-twice'},
  {tenant: 'sunrise', domain: 'sunrise-install.example', dns: 'healthy'},
  {tenant: 'sunrise', domain: 'go.sunrisesolar.example', dns: 'new'},
  {tenant: 'granite', domain: 'granitepeak.example', dns: 'healthy', web: true},
  {tenant: 'granite', domain: 'granite-trails.example', dns: 'healthy'},
  {tenant: 'granite', domain: 'granite-sale.example', dns: 'none'},
  {tenant: 'pixel', domain: 'pixelfoundry.example', dns: 'healthy'},
  {tenant: 'pixel', domain: 'pixel-press.example', dns: 'dmarc-missing'},
  {tenant: 'verde', domain: 'verdefoods.example', dns: 'healthy'},
  {tenant: 'verde', domain: 'verde-kitchen.example', dns: 'healthy', policy: 'none'},
  {tenant: 'verde', domain: 'verde-recipes.example', dns: 'partial'},
  {tenant: 'verde', domain: 'verde-market.example', dns: 'new'},
  {tenant: 'copper', domain: 'copperkettle.example', dns: 'dkim-missing'},
  {tenant: 'atlas', domain: 'atlasfreight.example', dns: 'healthy', policy: 'reject', web: true},
  {tenant: 'atlas', domain: 'atlas-quotes.example', dns: 'healthy'},
  {tenant: 'atlas', domain: 'atlas-track.example', dns: 'healthy', policy: 'reject'},
  {tenant: 'atlas', domain: 'eu.atlasfreight.example', dns: 'timeout'},
  {tenant: 'brightpath', domain: 'brightpath.example', dns: 'healthy'},
  {tenant: 'summit', domain: 'summitdental.example', dns: 'healthy'},
  {tenant: 'summit', domain: 'summit-reminders.example', dns: 'healthy'},
  {tenant: 'summit', domain: 'summit-ortho.example', dns: 'none'},
  {tenant: 'redwood', domain: 'redwood-ins.example', dns: 'healthy', policy: 'reject'},
  {tenant: 'redwood', domain: 'redwood-claims.example', dns: 'dkim-mismatch', policy: 'reject'},
  {tenant: 'redwood', domain: 'redwood-agents.example', dns: 'undeployed'},
  {tenant: 'cobalt', domain: 'cobaltcyber.example', dns: 'healthy', policy: 'reject'},
  {tenant: 'cobalt', domain: 'cobalt-alerts.example', dns: 'healthy'},
  {tenant: 'meadow', domain: 'meadowpets.example', dns: 'healthy', checked: 24 * 52},
  {tenant: 'orbit', domain: 'orbitevents.example', dns: 'healthy'},
  {tenant: 'orbit', domain: 'orbit-tickets.example', dns: 'healthy'},
  {tenant: 'dailydeal', domain: 'dailydeal.example', dns: 'spf-lookups', policy: 'none'},
  {tenant: 'dailydeal', domain: 'daily-deal-blast.example', dns: 'servfail', policy: 'none'},
  {tenant: 'dailydeal', domain: 'dailydeal-vip.example', dns: 'none'},
  {tenant: 'ghostlight', domain: 'ghostlight.example', dns: 'new'},
  {tenant: 'newleaf', domain: 'newleaf.example', dns: 'none'},
  {tenant: 'oldmill', domain: 'oldmill.example', dns: 'dkim-missing'},
] as const satisfies readonly SandboxDomain[]

/** The domains of the sandbox by name. */
export type DomainName = (typeof list)[number]['domain']

/** Every tenant's domains; the first of a tenant is its primary one. */
export const domainList: readonly (SandboxDomain & {domain: DomainName})[] = list

/** The id of a domain. */
export function domainId(domain: DomainName): string {
  return sandboxId(`domain:${domain}`)
}

/** @throws when there is no such domain, which the type already forbids. */
export function domainOf(domain: DomainName): SandboxDomain & {domain: DomainName} {
  const found = domainList.find((candidate) => candidate.domain === domain)
  if (found === undefined) throw new Error(`The sandbox has no domain ${domain}.`)
  return found
}
