import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getStaffMember, getStaffMemberByLogin, type StaffMember} from '../../queries/staff/find.ts'
import {NotFound} from '../../rules/errors.ts'
import type {RevocationStep} from '../../rules/revocation.ts'
import type {Plan} from '../plan.ts'
import {oneByOne} from '../set-wise.ts'
import {together} from '../together.ts'
import {describePerson, nameOf, people, targetOf} from './person.ts'
import {besidesRevoking, planRevocation} from './revocation.ts'
import {staffChange} from './staff-change.ts'

/** Whose login, or which. */
export type RevokeInput = {email: string} | {login: string}

/**
 * Shuts a login out: no operator any more, out of the group, no login, and no session left. Undone, the mapping goes
 * back, and the rest stays as it is.
 */
const revokeOne = staffChange<RevokeInput, RevocationStep>({
  grade: 'moderate',
  plan: planRevoke,
  ...besidesRevoking,
})

/** Shuts logins out, all or none; looked at together, so that not all admins go with them. */
export const revokeLogins = oneByOne(
  staffChange(
    together(revokeOne, {
      ...people,
      nameOf: (input) => ('login' in input ? input.login : input.email),
      headline: (who) => `Revoke the logins of ${who}.`,
    }),
  ),
)

async function planRevoke(db: Reader, input: RevokeInput, operator: Operator): Promise<Plan<RevocationStep>> {
  const member = 'login' in input ? await getStaffMemberByLogin(db, input.login) : await getStaffMember(db, input.email)
  const {login} = member
  if (login === null) {
    throw new NotFound(`${describePerson(member)} has no login.`, {
      hint: `To take them off the staff: pm staff remove ${nameOf(member)}`,
    })
  }
  const {rows, effects, warnings} = await planRevocation(db, login, member, operator)
  return {
    headline: `Revoke the login ${login} of ${describePerson(member)}.`,
    subject: login,
    targets: [`login:${login}`, targetOf(member)],
    rows,
    effects,
    warnings: [...warnings, ...operatesByName(member, operator)],
    besides: {does: 'revocation', steps: effects},
  }
}

function operatesByName(member: StaffMember, {enforced_by}: Operator): string[] {
  if (enforced_by === 'database' || !member.on_staff) return []
  return [`Here they operate by saying so, with a login or without. To end that: pm staff remove ${nameOf(member)}`]
}
