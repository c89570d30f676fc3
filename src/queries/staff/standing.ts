import {sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import type {Standing} from '../../rules/admins.ts'

/** Who is on the staff in which role, which roles may edit the staff, and who has a login. Small tables, read whole. */
export async function readStanding(db: Reader): Promise<Standing> {
  const members = await db
    .selectFrom('staff_members as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.user_id', 'm.role_id', 'u.email'])
    .execute()
  const grants = await db
    .selectFrom('staff_role_permissions as g')
    .innerJoin('permissions as p', 'p.id', 'g.permission_id')
    .where('p.name', '=', 'staff.write')
    .select('g.role_id')
    .execute()
  const permission = await db
    .selectFrom('permissions')
    .where('name', '=', 'staff.write')
    .select('id')
    .executeTakeFirst()
  const logins = await db
    .selectFrom('pm.operator_logins as l')
    .leftJoin('users as u', 'u.id', 'l.user_id')
    .select(['l.login', 'l.user_id', 'l.disabled', 'u.email'])
    .execute()
  return {
    roleOf: new Map(members.map(({user_id, role_id}) => [user_id, role_id])),
    // Of who was just taken off the staff, the login is still there.
    emailOf: new Map([...logins, ...members].map(({user_id, email}) => [user_id, email ?? user_id])),
    editingRoles: new Set(grants.map(({role_id}) => role_id)),
    editing: permission?.id ?? null,
    logins: new Map(logins.map(({login, user_id, disabled}) => [login, {user_id, enabled: disabled === null}])),
    needsLogin: await isGuarded(db),
  }
}

/** Whether the database's guard stands, so that logins are somebody's; where identity is declared it does not. */
async function isGuarded(db: Reader): Promise<boolean> {
  const rows = await readRaw(
    db,
    sql<{guarded: boolean}>`select to_regprocedure('pm.operator()') is not null as guarded`,
  )
  return rows[0]?.guarded ?? false
}
