import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {selectUsers, type UserRow} from './columns.ts'

/** A tenant that a user is or was in. */
export interface Membership {
  tenant: string | null
  roles: string[]
  joined: string | null
  left: string | null
  tenant_id: string
}

export interface Preferences {
  theme: string | null
  language: string | null
  timezone: string | null
  email_notifications: boolean | null
  push_notifications: boolean | null
  weekly_reports: boolean | null
  marketing_emails: boolean | null
}

/** Everything an operator wants to know of one user. */
export interface UserDetail extends UserRow {
  given_name: string | null
  family_name: string | null
  picture: string | null
  updated: string | null
  memberships: Membership[]
  /** Null where they never opened their settings. */
  preferences: Preferences | null
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 5

/** @throws NotFound; Conflict where several users have the address. */
export async function getUserDetail(db: Reader, named: string): Promise<UserDetail> {
  const user = await getUser(db, named)
  const more = await db
    .selectFrom('users')
    .where('id', '=', user.id)
    .select(['given_name', 'family_name', 'picture', 'updated'])
    .executeTakeFirstOrThrow()
  const changes = await listChangesOf(db, `user:${user.email ?? user.id}`, recentChanges)
  return {
    ...user,
    ...more,
    memberships: await membershipsOf(db, user.id),
    preferences: (await preferencesOf(db, user.id)) ?? null,
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}

/** By id or e-mail in any case, deleted or not; of several, the one who is not deleted. */
async function getUser(db: Reader, named: string): Promise<UserRow> {
  const found = await selectUsers(db)
    .where(isUuid(named) ? sql<boolean>`u.id = ${named}` : sql<boolean>`lower(u.email) = ${named.toLowerCase()}`)
    .orderBy('u.id')
    .execute()
  const living = found.filter(({deleted}) => deleted === null)
  const [user, another] = living.length > 0 ? living : found
  if (!user)
    throw new NotFound(`No user ${named}.`, {
      hint: 'Give the e-mail address or the id. See: pm user list',
      sought: {name: named, among: 'user'},
    })
  if (!another) return user
  throw new Conflict(`Several users have the e-mail ${named}.`, {
    hint: `Give the id: ${found.map(({id}) => id).join(', ')}`,
    details: found,
  })
}

/** Where they are first, then where they were. */
function membershipsOf(db: Reader, userId: string): Promise<Membership[]> {
  return db
    .selectFrom('tenant_users as m')
    .leftJoin('tenants as t', 't.id', 'm.tenant_id')
    .where('m.user_id', '=', userId)
    .select([
      't.name as tenant',
      sql<string[]>`coalesce(m.roles, '{}')`.as('roles'),
      'm.created as joined',
      'm.deleted as left',
      'm.tenant_id',
    ])
    .orderBy(sql`m.deleted is not null`)
    .orderBy('t.name')
    .orderBy('m.tenant_id')
    .execute()
}

// The table allows several rows of a user; the one written last counts.
function preferencesOf(db: Reader, userId: string): Promise<Preferences | undefined> {
  return db
    .selectFrom('user_preferences')
    .where('user_id', '=', userId)
    .select(['theme', 'language', 'timezone', 'email_notifications', 'push_notifications'])
    .select(['weekly_reports', 'marketing_emails'])
    .orderBy('updated', (by) => by.desc().nullsLast())
    .orderBy('id')
    .executeTakeFirst()
}

/** What a prompt offers of users whose e-mail begins with what was typed so far. */
export async function searchUsers(db: Reader, typed: string) {
  const users = await db
    .selectFrom('users as u')
    .where(beginsWith('u.email', typed))
    .select(['u.email', 'u.name', 'u.id'])
    .orderBy(inPrefixOrder('u.email'))
    .orderBy('u.id')
    .limit(20)
    .execute()
  return users.map(({id, email, name}) => ({value: id, name: `${email}  ${name ?? '-'}`}))
}
