import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {type StaffRow, selectStaff} from './list.ts'

/** Somebody on the staff, or with a login, as a write needs them. */
export interface StaffMember extends StaffRow {
  role_id: number | null
}

/**
 * Who has this e-mail address, in any case of letters, or this user id; also where the user was deleted since.
 * @throws NotFound, Conflict
 */
export async function getStaffMember(db: Reader, named: string): Promise<StaffMember> {
  const found = await selectStaff(db)
    .select('m.role_id')
    .where(sql<boolean>`(lower(u.email) = ${named.toLowerCase()} or s.user_id::text = ${named.toLowerCase()})`)
    .execute()
  const [member, another] = found
  if (!member) throw notOnStaff(named)
  if (!another) return member
  throw new Conflict(`${found.length} people have the e-mail ${named}.`, {
    hint: `Say which by the user’s id: ${found.map(({user_id}) => user_id).join(', ')}`,
    details: found,
  })
}

/** Who has this login. @throws NotFound */
export async function getStaffMemberByLogin(db: Reader, login: string): Promise<StaffMember> {
  const member = await selectStaff(db).select('m.role_id').where('l.login', '=', login).executeTakeFirst()
  if (member) return member
  throw new NotFound(`The login ${login} is nobody’s.`, {
    hint: 'See whose login is which: pm staff list --fields +login',
  })
}

/** What a prompt offers of people whose e-mail or name holds what was typed so far. */
export async function searchStaff(db: Reader, typed: string) {
  const people = await selectStaff(db)
    .where(sql<boolean>`position(lower(${typed}) in lower(concat_ws(' ', u.email, u.name))) > 0`)
    .orderBy('u.email')
    .limit(20)
    .execute()
  return people.map(({email, name, role, user_id}) => ({
    value: email ?? user_id,
    name: `${email ?? user_id}  ${name ?? '-'}, ${role ?? 'no role'}`,
  }))
}

function notOnStaff(named: string): NotFound {
  return new NotFound(`${named} is not on the staff.`, {
    hint: `See who is: pm staff list. To add them: pm staff add ${named} --role ROLE`,
    details: {email: named},
    sought: {name: named, among: 'person'},
  })
}
