import type {Clock} from './clock.ts'
import {addressOf, people, type SandboxPerson, userId} from './people.ts'
import type {RowOf} from './row-of.ts'
import {staff} from './staff.ts'
import {type TenantKey, tenantId, tenantOf} from './tenants.ts'

/** Rows of `users`: the tenants' people, then ours. */
export function userRows(clock: Clock): RowOf<'users'>[] {
  const theirs = people.map((person, i) => {
    const age = Math.max(...tenantsOf(person).map((tenant) => daysAsMember(person, tenant, i)))
    const closed = tenantOf(person.tenant).deleted
    return {
      ...identity({...person, email: addressOf(person)}),
      created: clock.daysAgo(age),
      updated: clock.daysAgo(closed ?? age / 9),
      deleted: closed === undefined ? null : clock.daysAgo(closed),
      picture: i % 3 === 0 ? `https://cdn.penguinmails.example/avatars/${i + 1}.png` : null,
      email_verified: person.unverified ? null : clock.daysAgo(age - 0.05),
    }
  })
  const ours = staff.map((member) => ({
    ...identity(member),
    created: clock.daysAgo(member.age),
    updated: clock.daysAgo(member.age / 9),
    deleted: null,
    picture: null,
    email_verified: clock.daysAgo(member.age - 0.05),
  }))
  return [...theirs, ...ours]
}

/** Rows of `tenant_users`. */
export function tenantUserRows(clock: Clock): RowOf<'tenant_users'>[] {
  return people.flatMap((person, i) => {
    return tenantsOf(person).map((tenant) => {
      const age = daysAsMember(person, tenant, i)
      const left = person.left ?? tenantOf(tenant).deleted
      return {
        tenant_id: tenantId(tenant),
        user_id: userId(addressOf(person)),
        created: clock.daysAgo(age),
        updated: clock.daysAgo(left ?? age),
        deleted: left === undefined ? null : clock.daysAgo(left),
        roles: person.roles,
        email: addressOf(person),
      }
    })
  })
}

function identity({given, family, email}: {given: string; family: string; email: string}) {
  return {id: userId(email), name: `${given} ${family}`, family_name: family, given_name: given, email}
}

function tenantsOf({tenant, also}: SandboxPerson): TenantKey[] {
  return also === undefined ? [tenant] : [tenant, also]
}

/** Days since a person joined: the owner with the tenant itself, the others somewhat later. */
function daysAsMember(person: SandboxPerson, tenant: TenantKey, i: number): number {
  const {age} = tenantOf(tenant)
  return person.roles.includes('owner') ? age : age * (0.9 - (i % 4) / 10)
}
