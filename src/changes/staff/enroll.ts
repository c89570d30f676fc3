import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {findMappings} from '../../queries/staff/login.ts'
import {findStaffRole, getRole} from '../../queries/staff/role.ts'
import {getUserByEmail} from '../../queries/user/find.ts'
import type {EnrollmentStep} from '../../rules/enrollment.ts'
import {Conflict, PermissionDenied} from '../../rules/errors.ts'
import type {Change, Plan} from '../plan.ts'
import {type LoginInput, makeLogin, planLogin, verifyLogin} from './database-login.ts'
import {type EnrollmentPart, nothing} from './enrollment-part.ts'
import {describePerson} from './person.ts'

export interface EnrollInput extends LoginInput {
  email: string
  /** The role of somebody who is not on the staff yet. */
  role: string | undefined
}

interface User {
  id: string
  email: string | null
  name: string | null
}

/**
 * Makes a database login a user's, and the user an operator. Undone, the rows go back; a login that was made for it
 * stays in the database, and may do nothing.
 */
export const enrollLogin: Change<EnrollInput, EnrollmentStep> = {
  permission: 'staff.write',
  grade: 'moderate',
  plan: planEnrollment,
  besides: makeLogin,
  verify: (db, {subject}) => verifyLogin(db, subject),
}

async function planEnrollment(db: Reader, input: EnrollInput, operator: Operator): Promise<Plan<EnrollmentStep>> {
  const {email, login} = input
  const user = await getUserByEmail(db, email)
  assertOther(operator, user, login)
  const known = await findOwnMapping(db, user, login)
  const database = await planLogin(db, input, known !== undefined)
  const isIn = known?.disabled === null && database.effects.length === 0
  const parts = [database, isIn ? nothing : planMapping(user, login, known), await planStaff(db, user, input)]
  return {
    headline: `Enroll ${describe(user)} with the login ${login}.`,
    subject: login,
    targets: [`login:${login}`, `staff:${email.toLowerCase()}`],
    rows: parts.flatMap(({rows}) => rows),
    effects: parts.flatMap(({effects}) => effects),
    warnings: parts.flatMap(({warnings}) => warnings),
  }
}

// The database refuses this as well (trigger no_self_edit), but in its own words.
function assertOther(operator: Operator, {id}: User, login: string): void {
  const hint = 'Another admin can, or an owner of the database.'
  if (operator.user_id === id) throw new PermissionDenied('Nobody enrolls themselves.', {hint})
  if (operator.login !== login) return
  throw new PermissionDenied(`The login ${login} is your own: nobody gives theirs away.`, {hint})
}

type Mapping = Awaited<ReturnType<typeof findMappings>>[number]

/** Their mapping of before, or undefined. @throws Conflict where the login is another's, or they have another */
async function findOwnMapping(db: Reader, user: User, login: string): Promise<Mapping | undefined> {
  const mappings = await findMappings(db, {login, userId: user.id})
  const known = mappings.find((mapping) => mapping.login === login)
  const other = mappings.find((mapping) => mapping.login !== login)
  if (known && known.user_id !== user.id) throw taken(login, known)
  if (other) throw hasAnother(user, other)
  return known
}

function planMapping(user: User, login: string, known: Mapping | undefined): EnrollmentPart {
  const row = {table: 'pm.operator_logins', label: `login ${login}`, key: {login}, inEffects: true} as const
  const what = `${login} is ${describe(user)}`
  return known
    ? {
        rows: [{...row, before: {user_id: user.id, disabled: known.disabled}, after: {disabled: null}}],
        effects: [{step: 'enroll again', login, what}],
        warnings: [],
      }
    : {
        rows: [{...row, before: null, after: {login, user_id: user.id}}],
        effects: [{step: 'enroll', login, what}],
        warnings: [],
      }
}

async function planStaff(db: Reader, user: User, {login, role: wanted}: EnrollInput): Promise<EnrollmentPart> {
  const member = await findStaffRole(db, user.id)
  if (wanted === undefined) return {...nothing, warnings: powerless(user, member)}
  const role = await getRole(db, wanted)
  if (member && member.role !== role.name) throw otherRole(user, member)
  if (member) return nothing
  return {
    rows: [
      {
        table: 'public.staff_members',
        label: `staff ${user.email}`,
        key: {user_id: user.id},
        before: null,
        after: {user_id: user.id, role_id: role.id},
        inEffects: true,
      },
    ],
    effects: [{step: 'add to staff', login, what: `${describe(user)} as ${role.name}`}],
    warnings: [],
  }
}

function powerless(user: User, member: {role: string | null} | undefined): string[] {
  if (member?.role) return []
  const why = member ? 'has no role' : 'is not on the staff'
  return [`${describe(user)} ${why}, and may do nothing until that changes${member ? '' : ': --role ROLE'}.`]
}

function describe(user: User): string {
  return describePerson({...user, user_id: user.id})
}

function taken(login: string, {email, user_id, disabled}: {email: string | null; user_id: string; disabled: unknown}) {
  return new Conflict(`The login ${login} is ${email ?? user_id}’s${disabled === null ? '' : ', and was revoked'}.`, {
    hint: 'Everybody has a login of their own: give this one another name.',
  })
}

function hasAnother(user: User, {login, disabled}: {login: string; disabled: unknown}): Conflict {
  const again = `To enroll that one again: pm staff enroll ${user.email} --login ${login}`
  return new Conflict(`${describe(user)} has the login ${login}${disabled === null ? '' : ', which was revoked'}.`, {
    hint: disabled === null ? 'Everybody has one login.' : again,
  })
}

function otherRole(user: User, {role}: {role: string | null}): Conflict {
  return new Conflict(`${describe(user)} is on the staff already, ${role ? `as ${role}` : 'without a role'}.`, {
    hint: 'Leave out --role: a change of role is a change of its own.',
  })
}
