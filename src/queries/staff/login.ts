import {sql} from 'kysely'
import {guardedTables} from '../../db/guarded-tables.ts'
import type {Reader} from '../../db/transaction.ts'

/** A database login, as far as it matters to who would operate with it. */
export interface Login {
  can_log_in: boolean
  /** Whether what its groups may do, it may do without further ado. */
  inherits: boolean
  /** Whether it may do what the group pm_operator may. */
  is_operator: boolean
  is_superuser: boolean
  bypasses_rls: boolean
  /** Whether it may do what an owner of guarded tables, of pm or of the database may. */
  is_owner: boolean
}

const guarded = sql.join(Object.keys(guardedTables).map((table) => sql.lit(table)))

/** The login with this name, or undefined. */
export async function findLogin(db: Reader, name: string): Promise<Login | undefined> {
  const login = sql<Login>`(
    select r.rolcanlogin as can_log_in, r.rolinherit as inherits, r.rolsuper as is_superuser,
      r.rolbypassrls as bypasses_rls, pg_has_role(r.oid, 'pm_operator', 'usage') as is_operator,
      exists (
        select from (
          select relowner as owner from pg_class where oid = any (array[${guarded}]::regclass[])
          union all select nspowner from pg_namespace where nspname = 'pm'
          union all select datdba from pg_database where datname = current_database()
        ) owners where pg_has_role(r.oid, owner, 'member')
      ) as is_owner
    from pg_roles r where r.rolname = ${name}
  )`
  return db.selectFrom(login.as('login')).selectAll().executeTakeFirst()
}

/** Whose a login is, as far as pm knows: by the login's name or by the user's id. */
export async function findMappings(db: Reader, {login, userId}: {login: string; userId: string}) {
  return db
    .selectFrom('pm.operator_logins as l')
    .leftJoin('users as u', 'u.id', 'l.user_id')
    .where((eb) => eb.or([eb('l.login', '=', login), eb('l.user_id', '=', userId)]))
    .select(['l.login', 'l.user_id', 'l.disabled', 'u.email'])
    .execute()
}

/** Whether a login was somebody's, and is disabled. */
export async function isRevoked(db: Reader, login: string): Promise<boolean> {
  const mapping = await db
    .selectFrom('pm.operator_logins')
    .where('login', '=', login)
    .where('disabled', 'is not', null)
    .select('login')
    .executeTakeFirst()
  return mapping !== undefined
}

/** What the login that asks may do about other logins. */
export async function ownRights(db: Reader) {
  // Before PostgreSQL 16, CREATEROLE was enough to put others into any group.
  const rights = sql<{login: string; creates: boolean; admits: boolean}>`(
    select r.rolname::text as login, r.rolsuper or r.rolcreaterole as creates,
      pg_has_role(session_user, 'pm_operator', 'member with admin option')
        or (r.rolcreaterole and current_setting('server_version_num')::integer < 160000) as admits
    from pg_roles r where r.rolname = session_user
  )`
  return db.selectFrom(rights.as('rights')).selectAll().executeTakeFirstOrThrow()
}
