import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getStaffMember, type StaffMember} from '../../queries/staff/find.ts'
import {NotFound} from '../../rules/errors.ts'
import type {RevocationStep} from '../../rules/revocation.ts'
import type {Plan, RowChange} from '../plan.ts'
import {oneByOne} from '../set-wise.ts'
import {together} from '../together.ts'
import {describePerson, nameOf, people, targetOf} from './person.ts'
import {besidesRevoking, planRevocation} from './revocation.ts'
import {staffChange} from './staff-change.ts'

/** Takes somebody off the staff, and their login away: left enrolled, it would go on seeing what every operator may. */
const removeOne = staffChange<{email: string}, RevocationStep>({
  grade: 'severe',
  plan: planRemove,
  ...besidesRevoking,
})

/** Takes people off the staff, all or none; looked at together, so that not all admins go with them. */
export const removeStaff = oneByOne(
  staffChange(
    together(removeOne, {
      ...people,
      nameOf: ({email}) => email,
      headline: (who) => `Take ${who} off the staff, and revoke their logins.`,
    }),
  ),
)

async function planRemove(db: Reader, {email}: {email: string}, operator: Operator): Promise<Plan<RevocationStep>> {
  const member = await getStaffMember(db, email)
  const {login, on_staff} = member
  if (!on_staff) throw offStaff(member)
  const {rows, effects, warnings} =
    login === null ? {rows: [], effects: [], warnings: []} : await planRevocation(db, login, member, operator)
  const revokes = rows.length > 0
  const steps = [leaving(member), ...effects]
  return {
    headline: `Take ${describePerson(member)} off the staff${revokes ? `, and revoke the login ${login}` : ''}.`,
    subject: nameOf(member),
    targets: [targetOf(member), ...(revokes ? [`login:${login}`] : [])],
    rows: [removal(member), ...rows],
    effects: steps,
    warnings,
    besides: {does: 'revocation', steps},
  }
}

function offStaff(member: StaffMember): NotFound {
  const {login} = member
  const hint = login === null ? {} : {hint: `To revoke their login: pm staff revoke ${nameOf(member)}`}
  return new NotFound(`${describePerson(member)} is not on the staff.`, hint)
}

function removal(member: StaffMember): RowChange {
  const {user_id, role_id, notes} = member
  return {
    table: 'public.staff_members',
    label: `staff ${nameOf(member)}`,
    key: {user_id},
    before: {role_id, notes},
    after: null,
    inEffects: true,
  }
}

function leaving(member: StaffMember): RevocationStep {
  const was = member.role ? `who was ${member.role}` : 'who had no role'
  return {step: 'remove', target: nameOf(member), what: `${describePerson(member)}, ${was}`}
}
