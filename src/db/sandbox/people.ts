import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantOf} from './tenants.ts'

/** Somebody who works for a tenant. */
export interface SandboxPerson {
  tenant: TenantKey
  given: string
  family: string
  roles: string[]
  /** The name before the @, where it isn't the given name. */
  mailbox?: string
  /** Another tenant this person also belongs to. */
  also?: TenantKey
  /** Days since this person left the tenant. */
  left?: number
  /** The e-mail address was never confirmed. */
  unverified?: true
}

/** Every tenant's people; the first of a tenant is its owner. */
export const people: readonly SandboxPerson[] = [
  {tenant: 'acme', given: 'Alice', family: 'Archer', roles: ['owner']},
  {tenant: 'acme', given: 'Ben', family: 'Okafor', roles: ['admin']},
  {tenant: 'acme', given: 'Chloe', family: 'Nguyen', roles: ['member', 'billing']},
  {tenant: 'acme', given: 'Derek', family: 'Hall', roles: ['member'], left: 75.3},
  {tenant: 'northline', given: 'Nadia', family: 'Petrova', roles: ['owner']},
  {tenant: 'northline', given: 'Leo', family: 'Grant', roles: ['member']},
  {tenant: 'soester', given: 'Søren', family: 'Østergård', mailbox: 'soren', roles: ['owner']},
  {tenant: 'soester', given: 'Freja', family: 'Lund', roles: ['admin']},
  {tenant: 'pengin', given: '健太', family: '山本', mailbox: 'kenta', roles: ['owner']},
  {tenant: 'pengin', given: '美咲', family: '佐藤', mailbox: 'misaki', roles: ['admin']},
  {tenant: 'pengin', given: 'Haruto', family: 'Tanaka', roles: ['member']},
  {tenant: 'oreilly', given: 'Maeve', family: "O'Reilly", roles: ['owner']},
  {tenant: 'hello-ops', given: 'Mallory', family: 'Grey', roles: ['owner'], unverified: true},
  {tenant: 'harborpine', given: 'Hannah', family: 'Pine', roles: ['owner']},
  {tenant: 'harborpine', given: 'Jonah', family: 'Reed', roles: ['member']},
  {tenant: 'lumen', given: 'Priya', family: 'Raman', roles: ['owner']},
  {tenant: 'lumen', given: 'Marcus', family: 'Bell', roles: ['admin']},
  {tenant: 'lumen', given: 'Ines', family: 'Duarte', mailbox: 'accounts-payable', roles: ['member', 'billing']},
  {tenant: 'lumen', given: 'Owen', family: 'Castle', roles: ['member']},
  {tenant: 'kestrel', given: 'Karim', family: 'Haddad', roles: ['owner']},
  {tenant: 'kestrel', given: 'Tess', family: 'Vogel', roles: ['admin', 'billing']},
  {tenant: 'blueanchor', given: 'Bianca', family: 'Moretti', roles: ['owner']},
  {tenant: 'tidewater', given: 'Tyler', family: 'Brooks', roles: ['owner']},
  {tenant: 'quill', given: 'Quentin', family: 'Marsh', roles: ['owner']},
  {tenant: 'quill', given: 'Edith', family: 'Frost', roles: ['member']},
  {tenant: 'marlow', given: 'Molly', family: 'Jensen', roles: ['owner']},
  {tenant: 'fenwick', given: 'Fiona', family: 'Wick', roles: ['owner']},
  {tenant: 'cafecreme', given: 'Amélie', family: 'Lefèvre', mailbox: 'amelie', roles: ['owner']},
  {tenant: 'sunrise', given: 'Sergio', family: 'Ruiz', roles: ['owner']},
  {tenant: 'sunrise', given: 'Dana', family: 'Whitfield', roles: ['member', 'billing']},
  {tenant: 'granite', given: 'Greta', family: 'Stone', roles: ['owner']},
  {tenant: 'pixel', given: 'Pavel', family: 'Novák', roles: ['owner']},
  {tenant: 'pixel', given: 'Lena', family: 'Busch', roles: ['admin']},
  {tenant: 'verde', given: 'Valeria', family: 'Ibáñez', roles: ['owner']},
  {tenant: 'copper', given: 'Cora', family: 'Mills', roles: ['owner']},
  {tenant: 'atlas', given: 'Anouk', family: 'de Vries', roles: ['owner']},
  // A consultant who looks after two tenants with one login.
  {tenant: 'atlas', given: 'Ravi', family: 'Menon', roles: ['admin'], also: 'brightpath'},
  {tenant: 'atlas', given: 'Joris', family: 'Bakker', mailbox: 'finance', roles: ['member', 'billing']},
  {tenant: 'brightpath', given: 'Bryn', family: 'Carter', roles: ['owner']},
  {tenant: 'summit', given: 'Sofia', family: 'Lindqvist', roles: ['owner']},
  {tenant: 'summit', given: 'Andre', family: 'Baptiste', roles: ['admin']},
  {tenant: 'redwood', given: 'Ruth', family: 'Delgado', roles: ['owner']},
  {tenant: 'redwood', given: 'Wes', family: 'Harlan', roles: ['admin']},
  {tenant: 'cobalt', given: 'Cheng', family: 'Wei Ling', roles: ['owner']},
  {tenant: 'meadow', given: 'Matilda', family: 'Rowe', roles: ['owner']},
  {tenant: 'orbit', given: 'Oscar', family: 'Flores', roles: ['owner']},
  {tenant: 'dailydeal', given: 'Rick', family: 'Sharp', roles: ['owner'], unverified: true},
  {tenant: 'ghostlight', given: 'Gwen', family: 'Light', roles: ['owner'], also: 'ghostlight-old'},
  {tenant: 'newleaf', given: 'Nikau', family: 'Parata', roles: ['owner'], unverified: true},
  {tenant: 'oldmill', given: 'Orla', family: 'Keane', roles: ['owner'], left: 52.2},
]

/** The address a person signs in with. */
export function addressOf({given, mailbox, tenant}: SandboxPerson): string {
  return `${mailbox ?? given.toLowerCase()}@${tenantOf(tenant).home}`
}

/** The id of the user with that address. */
export function userId(address: string): string {
  return sandboxId(`user:${address}`)
}

/** The people who are in a tenant, from wherever they are. */
function peopleOf(tenant: TenantKey): SandboxPerson[] {
  return people.filter((person) => person.tenant === tenant || person.also === tenant)
}

/** The user who owns a tenant. */
export function ownerId(tenant: TenantKey): string {
  const owner = peopleOf(tenant).find((person) => person.roles.includes('owner'))
  if (owner === undefined) throw new Error(`The sandbox's tenant ${tenant} has no owner.`)
  return userId(addressOf(owner))
}
