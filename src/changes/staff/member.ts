import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getStaffMember, type StaffMember} from '../../queries/staff/find.ts'
import {findMappings} from '../../queries/staff/login.ts'
import {findStaffRole, getRole, listGrants} from '../../queries/staff/role.ts'
import {getUserByEmail} from '../../queries/user/find.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {permissionDifference, type TopicDifference} from '../../rules/permission-difference.ts'
import type {Plan, RowChange} from '../plan.ts'
import {oneByOne} from '../set-wise.ts'
import {together} from '../together.ts'
import {describePerson, nameOf, targetOf} from './person.ts'
import {staffChange} from './staff-change.ts'

interface AddInput {
  email: string
  role: string
  notes: string | null
}

interface RoleInput {
  email: string
  role: string
}

/** Adds users to the staff, in a role: all or none. */
export const addStaff = oneByOne(
  together(staffChange<AddInput>({grade: 'moderate', plan: planAdd}), {
    nameOf: ({email}) => email,
    noun: 'user',
    plural: 'users',
    headline: (who) => `Add ${who} to the staff.`,
  }),
)

/** Gives somebody on the staff another role. */
export const setStaffRole = staffChange<RoleInput, TopicDifference>({
  grade: 'moderate',
  plan: planRole,
})

async function planAdd(db: Reader, {email, role: wanted, notes}: AddInput, operator: Operator): Promise<Plan> {
  const user = await getUserByEmail(db, email)
  const person = {...user, user_id: user.id}
  const role = await getRole(db, wanted)
  const member = await findStaffRole(db, user.id)
  const isSo = member?.role === role.name && notes === null
  if (member && !isSo) throw alreadyThere(describePerson(person), email, member)
  const plan = {subject: nameOf(person), targets: [targetOf(person)], effects: []}
  if (isSo) return {...plan, headline: thereAs(describePerson(person), role.name), rows: [], warnings: []}
  return {
    ...plan,
    headline: `Add ${describePerson(person)} to the staff as ${role.name}.`,
    rows: [
      {
        table: 'public.staff_members',
        label: `staff ${nameOf(person)}`,
        key: {user_id: user.id},
        before: null,
        after: {user_id: user.id, role_id: role.id, notes},
      },
    ],
    standsOn: {user: user.id},
    warnings: await loginless(db, user.id, email, operator),
  }
}

function alreadyThere(person: string, email: string, {role}: {role: string | null}): Conflict {
  return new Conflict(thereAs(person, role), {
    hint: `To give them another role: pm staff set-role ${email} ROLE`,
  })
}

function thereAs(person: string, role: string | null): string {
  return `${person} is on the staff already, ${role ? `as ${role}` : 'without a role'}.`
}

async function loginless(db: Reader, userId: string, email: string, {enforced_by}: Operator): Promise<string[]> {
  if (enforced_by === 'transaction') return []
  const mappings = await findMappings(db, {login: '', userId})
  if (mappings.some(({disabled}) => disabled === null)) return []
  return [`They have no login, and cannot start pm until they do: pm staff enroll ${email} --login NAME`]
}

async function planRole(db: Reader, {email, role: wanted}: RoleInput): Promise<Plan<TopicDifference>> {
  const member = await getStaffMember(db, email)
  const person = describePerson(member)
  if (!member.on_staff) {
    throw new NotFound(`${person} is not on the staff.`, {hint: `To add them: pm staff add ${email} --role ${wanted}`})
  }
  const role = await getRole(db, wanted)
  const [held, given] = [await listGrants(db, member.role_id), await listGrants(db, role.id)]
  const isSo = role.id === member.role_id
  return {
    headline: `Make ${person} ${role.name}, until now ${member.role ?? 'without a role'}.`,
    subject: nameOf(member),
    targets: [targetOf(member)],
    rows: isSo ? [] : [roleRow(member, role.id)],
    settled: isSo ? [{id: member.user_id, said: `${person} is ${role.name} already.`}] : [],
    effects: permissionDifference(
      held.map(({permission}) => permission),
      given.map(({permission}) => permission),
    ),
    warnings: [],
  }
}

function roleRow({user_id, role_id, email}: StaffMember, role: number): RowChange {
  return {
    table: 'public.staff_members',
    label: `staff ${nameOf({email, user_id})}`,
    key: {user_id},
    before: {role_id},
    after: {role_id: role},
    inEffects: true,
  }
}
