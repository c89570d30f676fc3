import {sql} from 'kysely'
import {readRaw} from '../read-raw.ts'
import type {Reader} from '../transaction.ts'
import type {Finding} from './finding.ts'

/**
 * Operators' logins that can do without the guard: those it does not hold, and those that can take it down. Who made the
 * group is in it only to give it away, and is no operator.
 */
export async function unsafeLogins(db: Reader): Promise<Finding[]> {
  const rows = await readRaw(
    db,
    sql<{login: string; reasons: string[]}>`
      with operators as (
        select r.* from pg_catalog.pg_auth_members m
        join pg_catalog.pg_roles r on r.oid = m.member and r.rolcanlogin
        where m.roleid = (select oid from pg_catalog.pg_roles where rolname = 'pm_operator')
          and (coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
            or coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true))
      )
      select o.rolname::text as login, array_remove(array[
        case when o.rolsuper then 'is a superuser' end,
        case when o.rolbypassrls then 'bypasses row-level security' end,
        -- From PostgreSQL 16 on, CREATEROLE reaches no role that somebody else made.
        case when o.rolcreaterole and current_setting('server_version_num')::integer < 160000
          then 'may give itself any role, by CREATEROLE' end,
        case when not o.rolsuper and exists (
          select from pg_catalog.pg_class c
          where c.relnamespace in (select oid from pg_catalog.pg_namespace where nspname in ('public', 'pm'))
            and pg_has_role(o.oid, c.relowner, 'member')) then 'owns tables' end
      ], null) as reasons
      from operators o order by 1`,
  )
  return rows
    .filter(({reasons}) => reasons.length > 0)
    .map(({login, reasons}) => ({
      kind: 'role',
      object: login,
      finding: 'unsafe',
      expected: 'an operator’s login that the guard holds',
      found: `${login} ${reasons.join(', ')}`,
      hint: `Operators work with a login of their own that is none of this: pm staff enroll`,
    }))
}
