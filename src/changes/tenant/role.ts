import type {Reader} from '../../db/transaction.ts'
import {type FoundTenant, getTenant, tenantTarget} from '../../queries/tenant/find.ts'
import {getMember} from '../../queries/tenant/member.ts'
import {ownersOf} from '../../queries/tenant/parts.ts'
import {Conflict} from '../../rules/errors.ts'
import {changedRoles, unknownRoles} from '../../rules/tenant-roles.ts'
import type {Change, Plan} from '../plan.ts'
import {verifyOwned} from './owned.ts'

export interface RoleInput {
  tenant: string
  /** Their e-mail address or id. */
  user: string
  add: readonly string[]
  remove: readonly string[]
}

/** Gives a tenant's user roles, or takes them. The last owner stays one. */
export const changeRoles: Change<RoleInput> = {
  permission: 'tenant.write',
  grade: 'moderate',
  plan: planRoles,
  verify: verifyOwned,
}

async function planRoles(db: Reader, {tenant: named, user, add, remove}: RoleInput): Promise<Plan> {
  const tenant = await getTenant(db, named)
  const {tenant_id, user_id, email, roles: before} = await getMember(db, tenant, user)
  const after = changedRoles(before ?? [], add, remove)
  const [name, who] = [tenant.name ?? tenant.id, email ?? user_id]
  const disowns = before?.includes('owner') && !after.includes('owner')
  if (disowns && (await ownersOf(db, tenant.id)).length === 1) throw lastOwner(who, tenant)
  const row = {
    table: 'public.tenant_users',
    label: `member ${who}`,
    key: {tenant_id, user_id},
    before: {roles: before},
    after: {roles: after},
  } as const
  return {
    headline:
      after.length === 0 ? `Take every role in ${name} from ${who}.` : `Let ${who} be ${after.join(', ')} in ${name}.`,
    subject: who,
    targets: [tenantTarget(tenant), `user:${who}`],
    rows: JSON.stringify(after) === JSON.stringify(before ?? []) ? [] : [row],
    effects: [],
    warnings: warnings(after, unknownRoles(add)),
  }
}

function warnings(roles: readonly string[], unknown: readonly string[]): string[] {
  return [
    ...unknown.map((role) => `pm does not know the role ${role}. Does the platform?`),
    ...(roles.length === 0 ? ['Without a role they can do nothing there.'] : []),
  ]
}

function lastOwner(user: string, {id, name}: FoundTenant): Conflict {
  return new Conflict(`${user} is the last owner of ${name ?? id}.`, {
    hint: `Make somebody else an owner first: pm tenant role ${id} USER --add owner`,
  })
}
