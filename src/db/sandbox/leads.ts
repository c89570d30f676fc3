import type {Clock} from './clock.ts'
import {nth} from './nth.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantId, tenantList} from './tenants.ts'

/** How many leads a tenant has; six where nothing is said. */
const counts: Partial<Record<TenantKey, number>> = {
  acme: 60,
  lumen: 36,
  atlas: 30,
  kestrel: 22,
  pengin: 20,
  redwood: 16,
  northline: 14,
  dailydeal: 12,
  newleaf: 0,
  oldmill: 0,
  'ghostlight-old': 0,
}

const given =
  'Aisha Bruno Clara Diego Elif Farid Grace Hugo Ivy Jakob Keiko Liam Maya Noor Olivia Paulo Rosa Sven Tomás Zoë'
const family =
  "Abbott Bauer Costa Dubois Eriksen O'Brien García Haas Ito Kowalski Larsen Mbeki Nilsson Ortega Price Quist Rossi"

const givenNames = given.split(' ')
const familyNames = family.split(' ')

const employers = [
  {company: 'Birch & Co', host: 'birchco.example'},
  {company: 'Delta Works', host: 'deltaworks.example'},
  {company: 'Evergreen Clinic', host: 'evergreenclinic.example'},
  {company: 'Falcon Tools', host: 'falcontools.example'},
  {company: 'Hillside School', host: 'hillside.example'},
  {company: 'Ivory Keys', host: 'ivorykeys.example'},
  {company: null, host: 'inbox.example'},
]

const statuses = ['active', 'active', 'active', 'unsubscribed', 'active', 'active', 'bounced', 'active']

// Twenty given and seventeen family names: so many pairs come before the first one comes back, beyond any count.
const pairs = givenNames.length * familyNames.length

/** Rows of `leads`. */
export function leadRows(clock: Clock): RowOf<'leads'>[] {
  return tenantList.flatMap(({key}, t) =>
    Array.from({length: counts[key] ?? 6}, (_, n) => leadRow(clock, key, (n * 7 + t * 11) % pairs)),
  )
}

function leadRow(clock: Clock, tenant: TenantKey, i: number): RowOf<'leads'> {
  const first = nth(givenNames, i)
  const last = nth(familyNames, Math.floor(i / givenNames.length) + i)
  const {company, host} = nth(employers, i)
  const email = `${plain(first)}.${plain(last)}@${host}`
  return {
    id: sandboxId(`lead:${tenant}:${email}`),
    tenant_id: tenantId(tenant),
    email,
    name: i % 13 === 0 ? null : `${first} ${last}`,
    company,
    status: nth(statuses, i),
    updated: i % 11 === 0 ? null : clock.daysAgo(0.3 + (i % 90)),
  }
}

/** A name as it stands in an address: no accents, no apostrophes, small letters. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^a-z]/gi, '')
    .toLowerCase()
}
