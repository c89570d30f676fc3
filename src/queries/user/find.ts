import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'

/**
 * The user with this e-mail address, in any case of letters.
 * @throws NotFound, also for a deleted user; Conflict when several have it, which nothing in `users` prevents.
 */
export async function getUserByEmail(db: Reader, email: string) {
  const users = await db
    .selectFrom('users')
    .where(sql<string>`lower(email)`, '=', email.toLowerCase())
    .where('deleted', 'is', null)
    .select(['id', 'email', 'name'])
    .execute()
  const [user, another] = users
  if (!user) {
    throw new NotFound(`No user has the e-mail ${email}.`, {
      hint: 'They need an account on the platform first.',
      sought: {name: email, among: 'user'},
    })
  }
  if (!another) return user
  throw new Conflict(`${users.length} users have the e-mail ${email}.`, {
    hint: `Which one is meant cannot be told: ${users.map(({id}) => id).join(', ')}`,
    details: users,
  })
}
