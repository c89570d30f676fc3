import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'

/** A tenant as the other files of the sandbox know it. */
export interface SandboxTenant {
  key: string
  name: string
  /** The tenant's primary domain, where its people have their mail. */
  home: string
  zone: string
  /** Days since the tenant signed up. */
  age: number
  /** Days since it was soft-deleted. */
  deleted?: number
}

// A name as an attacker would choose it: it clears the screen, paints it red and turns the reading order around.
const hostileName = '\u001b[2J\u001b[31mHello Ops\u001b[0m \u202Eelpmaxe'

const list = [
  {key: 'acme', name: 'Acme', home: 'acme.example', zone: 'America/New_York', age: 811.62},
  {key: 'northline', name: 'Northline Recruiting', home: 'northline.example', zone: 'America/Toronto', age: 402.31},
  {key: 'soester', name: 'Søster & Co', home: 'soester.example', zone: 'Europe/Copenhagen', age: 377.85},
  {key: 'pengin', name: '株式会社ペンギン', home: 'pengin.example', zone: 'Asia/Tokyo', age: 655.04},
  {key: 'oreilly', name: "O'Reilly's Orchard", home: 'oreillys-orchard.example', zone: 'Europe/Dublin', age: 240.47},
  {key: 'hello-ops', name: hostileName, home: 'hello-ops.example', zone: 'UTC', age: 31.19},
  {key: 'harborpine', name: 'Harbor & Pine', home: 'harborpine.example', zone: 'America/New_York', age: 530.72},
  {key: 'lumen', name: 'Lumen Health', home: 'lumenhealth.example', zone: 'America/Chicago', age: 742.15},
  {key: 'kestrel', name: 'Kestrel Analytics', home: 'kestrel.example', zone: 'America/Denver', age: 618.9},
  {key: 'blueanchor', name: 'Blue Anchor Shipping', home: 'blueanchor.example', zone: 'America/New_York', age: 455.5},
  {key: 'tidewater', name: 'Tidewater Realty', home: 'tidewater.example', zone: 'America/New_York', age: 198.26},
  {key: 'quill', name: 'Quill and Press', home: 'quillpress.example', zone: 'Europe/London', age: 903.41},
  {key: 'marlow', name: 'Marlow Bikes', home: 'marlowbikes.example', zone: 'America/Los_Angeles', age: 321.77},
  {key: 'fenwick', name: 'Fenwick Legal', home: 'fenwick-legal.example', zone: 'Europe/London', age: 888.13},
  {key: 'cafecreme', name: 'Café Crème', home: 'cafecreme.example', zone: 'Europe/Paris', age: 266.08},
  {key: 'sunrise', name: 'Sunrise Solar', home: 'sunrisesolar.example', zone: 'America/Phoenix', age: 351.36},
  {key: 'granite', name: 'Granite Peak Outdoors', home: 'granitepeak.example', zone: 'America/Denver', age: 700.58},
  {key: 'pixel', name: 'Pixel Foundry', home: 'pixelfoundry.example', zone: 'Europe/Berlin', age: 489.93},
  {key: 'verde', name: 'Verde Foods', home: 'verdefoods.example', zone: 'Europe/Madrid', age: 412.02},
  {key: 'copper', name: 'Copper Kettle', home: 'copperkettle.example', zone: 'America/Chicago', age: 283.64},
  {key: 'atlas', name: 'Atlas Freight', home: 'atlasfreight.example', zone: 'Europe/Amsterdam', age: 795.2},
  {key: 'brightpath', name: 'Bright Path Tutors', home: 'brightpath.example', zone: 'America/New_York', age: 120.81},
  {key: 'summit', name: 'Summit Dental Group', home: 'summitdental.example', zone: 'America/Boise', age: 505.55},
  {key: 'redwood', name: 'Redwood Insurance', home: 'redwood-ins.example', zone: 'America/Los_Angeles', age: 760.39},
  {key: 'cobalt', name: 'Cobalt Cyber', home: 'cobaltcyber.example', zone: 'Asia/Singapore', age: 360.22},
  {key: 'meadow', name: 'Meadow Pets', home: 'meadowpets.example', zone: 'Australia/Sydney', age: 433.7},
  {key: 'orbit', name: 'Orbit Events', home: 'orbitevents.example', zone: 'America/Los_Angeles', age: 218.44},
  {key: 'dailydeal', name: 'Daily Deal Blast', home: 'dailydeal.example', zone: 'UTC', age: 145.28},
  {key: 'ghostlight', name: 'Ghostlight Media', home: 'ghostlight.example', zone: 'America/New_York', age: 16.07},
  {key: 'newleaf', name: 'Newleaf Gardens', home: 'newleaf.example', zone: 'Pacific/Auckland', age: 0.61},
  {key: 'oldmill', name: 'Old Mill Bakery', home: 'oldmill.example', zone: 'Europe/Dublin', age: 640.33, deleted: 52.2},
  // The same company, gone and come back: two tenants of one name, the older one deleted.
  {
    key: 'ghostlight-old',
    name: 'Ghostlight Media',
    home: 'ghostlight.example',
    zone: 'America/New_York',
    age: 520.09,
    deleted: 140.9,
  },
] as const satisfies readonly SandboxTenant[]

/** The word by which the sandbox's files name a tenant. */
export type TenantKey = (typeof list)[number]['key']

/** The tenants, Acme first. */
export const tenantList: readonly (SandboxTenant & {key: TenantKey})[] = list

/** @throws when the key is of no tenant, which the type already forbids. */
export function tenantOf(key: TenantKey): SandboxTenant & {key: TenantKey} {
  const tenant = tenantList.find((candidate) => candidate.key === key)
  if (tenant === undefined) throw new Error(`The sandbox has no tenant ${key}.`)
  return tenant
}

/** The id of a tenant. */
export function tenantId(key: TenantKey): string {
  return sandboxId(`tenant:${key}`)
}

/** The tenants that bought isolation and run on a compute of their own. */
const isolated: readonly TenantKey[] = ['lumen', 'redwood']

/** Rows of `tenants`. */
export function tenantRows(clock: Clock): RowOf<'tenants'>[] {
  return tenantList.map(({key, name, age, deleted}) => ({
    id: tenantId(key),
    name,
    created: clock.daysAgo(age),
    updated: clock.daysAgo(deleted ?? age / 7),
    deleted: deleted === undefined ? null : clock.daysAgo(deleted),
    compute_id: isolated.includes(key) ? sandboxId(`compute:${key}`) : null,
  }))
}
