import {sql, type Transaction} from 'kysely'
import {NotIdentified, PermissionDenied} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import type {EnforcedBy} from './schema/pm.ts'
import type {Database} from './schema.ts'

/**
 * How the database knows who is there. `session`: by the login itself, enforced by the database's guard. `declared`:
 * by the e-mail a context names, for databases that cannot have roles and triggers; pm's transaction alone enforces it.
 */
export type Identity = {kind: 'session'} | {kind: 'declared'; email: string}

/** Who is operating. `user_id` is null for an owner of the database who is not staff. */
export interface Operator {
  login: string
  user_id: string | null
  email: string | null
  name: string | null
  role: string
  permissions: readonly string[]
  enforced_by: EnforcedBy
}

interface Found {
  login: string
  user_id: string | null
  email: string | null
  name: string | null
  role: string | null
  permissions: string[]
  disabled: boolean
}

/**
 * @throws NotIdentified when the login is not mapped, is disabled, or belongs to nobody on the staff.
 */
export async function identify(trx: Transaction<Database>, identity: Identity): Promise<Operator> {
  const found = identity.kind === 'session' ? await bySession(trx) : await byDeclaration(trx, identity.email)
  if (!found && identity.kind === 'declared') throw undeclared(identity.email)
  const known = requireStaff(found, await sessionUser(trx, found))
  return {...known, enforced_by: identity.kind === 'session' ? 'database' : 'transaction'}
}

/**
 * @throws PermissionDenied naming the permission, the role and who can grant it.
 */
export function requirePermission(operator: Operator, permission: Permission): void {
  if (operator.permissions.includes(permission)) return
  throw new PermissionDenied(
    `${operator.name ?? operator.login} (${operator.role}) lacks the permission ${permission}.`,
    {
      hint:
        operator.user_id === null
          ? 'The owner of the database sets pm up and enrolls operators, who do the rest: pm staff enroll'
          : `An admin can grant it: pm staff role grant ${operator.role} ${permission}`,
      details: {permission, role: operator.role, login: operator.login},
    },
  )
}

async function bySession(trx: Transaction<Database>): Promise<Found | undefined> {
  try {
    const {rows} = await sql<Found>`select * from pm.operator()`.execute(trx)
    return rows[0]
  } catch (error) {
    throw isStranger(error) ? outside(error) : error
  }
}

// Insufficient privilege: outside of the group pm_operator, a login may not even ask who it is.
function isStranger(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42501'
}

function outside(cause: unknown): NotIdentified {
  return new NotIdentified('This login is not enrolled.', {
    hint: 'An admin enrolls it: pm staff enroll EMAIL --login LOGIN',
    cause,
  })
}

function undeclared(email: string): NotIdentified {
  return new NotIdentified(`There is no user ${email}, whom this context declares to be here.`, {
    hint: 'Is the address right? See pm context show.',
    details: {email},
  })
}

async function byDeclaration(trx: Transaction<Database>, email: string): Promise<Found | undefined> {
  const {rows} = await sql<Found>`
    select session_user::text as login, u.id as user_id, u.email, u.name, r.name as role, false as disabled,
      array(select p.name::text from staff_role_permissions g join permissions p on p.id = g.permission_id
            where g.role_id = m.role_id order by p.name) as permissions
    from users u
    left join staff_members m on m.user_id = u.id
    left join staff_roles r on r.id = m.role_id
    where lower(u.email) = lower(${email}) and u.deleted is null`.execute(trx)
  return rows[0]
}

async function sessionUser(trx: Transaction<Database>, found: Found | undefined): Promise<string> {
  if (found) return found.login
  const {rows} = await sql<{login: string}>`select session_user::text as login`.execute(trx)
  return rows[0]?.login ?? 'this login'
}

function requireStaff(found: Found | undefined, login: string): Omit<Operator, 'enforced_by'> {
  const refuse = (why: string, hint: string) =>
    new NotIdentified(`The login ${login} ${why}.`, {hint, details: {login}})
  if (!found) throw refuse('is not enrolled', `An admin enrolls it: pm staff enroll EMAIL --login ${login}`)
  if (found.disabled) throw refuse('has been revoked', 'An admin can enroll it again.')
  if (found.role === null)
    throw refuse('belongs to nobody on the staff', `An admin adds ${found.email ?? 'the user'}: pm staff add`)
  const {disabled: _, role, ...known} = found
  return {...known, role}
}
