import {type RawBuilder, sql} from 'kysely'
import type {Right} from '../../db/end-sessions.ts'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'

/** Whose right it is: the asking login's own, or that of whoever set pm up, which pm.shut_out lends. */
type RightOf = 'own' | 'lent'

/** A database login with what lets it in, and what the login that asks may do about it. */
export interface LoginReach extends Omit<Reach, 'memberships'> {
  /** How it came into pm_operator, once for everybody who let it in; null where the server does not tell them apart. */
  memberships: {granted_by: string | null}[]
  /** By whose right it is taken out of pm_operator, alone. */
  takes_out: RightOf | null
  /** By whose right it is forbidden to log in. */
  forbids_login: RightOf | null
}

/** The same for one login that would do it. */
interface Reach {
  /** The login that asks. */
  own: string
  can_log_in: boolean
  /** Whether the asking login may let it log in or not. */
  may_alter: boolean
  /** By what right its sessions are ended. */
  ends_sessions: Right | null
  /** Its sessions in all databases of the server, also those that a pool holds open for it. */
  sessions: number
  memberships: {granted_by: string | null; may_revoke: boolean}[]
  /** Whether it may do what pm_operator may by way of another group. */
  by_other_group: boolean
  /** The logins that it let into pm_operator; they would go with it. */
  let_in: string[]
}

/** What stands behind a login on the server, or undefined where the server does not know it. */
export async function findLoginReach(db: Reader, login: string): Promise<LoginReach | undefined> {
  const own = await reachOf(db, login, sql`session_user`)
  if (!own) return undefined
  const lender = await findLender(db, login)
  const lent = lender === undefined ? undefined : await reachOf(db, login, sql`${lender}`)
  const rightTo = (may: (reach: Reach) => boolean): RightOf | null => {
    if (may(own)) return 'own'
    return lent && may(lent) ? 'lent' : null
  }
  return {
    ...own,
    takes_out: rightTo(mayTakeOut),
    forbids_login: rightTo(({may_alter}) => may_alter),
    ends_sessions: own.ends_sessions ?? (lent?.ends_sessions ? 'lent' : null),
  }
}

function mayTakeOut({memberships, let_in}: Reach): boolean {
  return memberships.length > 0 && let_in.length === 0 && memberships.every(({may_revoke}) => may_revoke)
}

/** Who lends their rights to shut this login out: whoever set pm up, unless it is one that pm.shut_out leaves alone. */
async function findLender(db: Reader, login: string): Promise<string | undefined> {
  const [found] = await readRaw(
    db,
    sql<{lender: string}>`
      select pg_get_userbyid(f.proowner)::text as lender
      from pg_proc f join pg_namespace n on n.oid = f.pronamespace, pg_roles r
      where n.nspname = 'pm' and f.proname = 'shut_out' and has_function_privilege(f.oid, 'execute')
        and r.rolname = ${login} and not pg_has_role(r.oid, n.nspowner, 'member')`,
  )
  return found?.lender
}

/**
 * What a login is, and what `asker` may do about it; whoever may alter a login may lend themselves its own rights. From
 * PostgreSQL 16 on, whoever takes a membership back must speak for who gave it, CREATEROLE reaches only roles one may
 * administer, and a membership may be one that gives no rights (inherit_option).
 */
async function reachOf(db: Reader, login: string, asker: RawBuilder<unknown>): Promise<Reach | undefined> {
  const [reach] = await readRaw(
    db,
    sql<Reach>`
      with me as (
        select oid, rolname::text, rolsuper, rolcreaterole,
          current_setting('server_version_num')::integer < 160000 as old from pg_roles where rolname = ${asker}
      ), operators as (
        select g.oid, pg_has_role(me.oid, g.oid, 'member with admin option') or (me.old and me.rolcreaterole) as admits
        from pg_roles g, me where g.rolname = 'pm_operator'
      )
      select me.rolname as own, r.rolcanlogin as can_log_in, may.alter_it as may_alter,
        case
          when me.rolsuper or (not r.rolsuper and (pg_has_role(me.oid, r.oid, 'usage')
            or pg_has_role(me.oid, 'pg_signal_backend', 'usage'))) then 'own'
          when may.alter_it then 'borrowed'
        end as ends_sessions,
        (select count(*)::integer from pg_stat_activity a where a.usesysid = r.oid) as sessions,
        coalesce((
          select jsonb_agg(jsonb_build_object(
            'granted_by', case when not me.old then pg_get_userbyid(m.grantor) end,
            'may_revoke', me.rolsuper or (o.admits and (me.old or pg_has_role(me.oid, m.grantor, 'usage')))))
          from pg_auth_members m where m.roleid = o.oid and m.member = r.oid), '[]') as memberships,
        not r.rolsuper and exists (
          select from pg_auth_members m where m.member = r.oid and m.roleid <> o.oid
            and coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)
            and pg_has_role(m.roleid, o.oid, 'usage')) as by_other_group,
        array(select distinct pg_get_userbyid(m.member)::text from pg_auth_members m
              where m.roleid = o.oid and m.grantor = r.oid and not me.old order by 1) as let_in
      from pg_roles r, me, operators o, lateral (
        select me.rolsuper or (me.rolcreaterole and not r.rolsuper
          and (me.old or pg_has_role(me.oid, r.oid, 'member with admin option'))) as alter_it
      ) may where r.rolname = ${login}`,
  )
  return reach
}
