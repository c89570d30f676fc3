import {sql} from 'kysely'
import type {Fact} from '../fact.ts'
import {relations} from './scope.ts'

/** Who may see and write which rows. */
export const policies = sql<Fact>`
  select 'policy' as kind, r.full_name as of, p.polname::text as name, jsonb_build_object(
    'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
      when 'd' then 'delete' else 'all' end,
    'kind', case when p.polpermissive then 'permissive' else 'restrictive' end,
    'to', (select string_agg(case when role = 0 then 'public' else pg_get_userbyid(role) end, ', ' order by 1)
           from unnest(p.polroles) role),
    'using', coalesce(pg_get_expr(p.polqual, p.polrelid), 'none'),
    'check', coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'none')) as facets
  from ${relations} r join pg_catalog.pg_policy p on p.polrelid = r.oid
  order by of, name`

/** pm's two roles. Whoever can become pm_guard can rewrite the record of changes. */
export const roles = sql<Fact>`
  select 'role' as kind, r.rolname::text as of, '' as name, jsonb_build_object(
    'login', case when r.rolcanlogin then 'yes' else 'no' end,
    'superuser', case when r.rolsuper then 'yes' else 'no' end,
    'bypasses row security', case when r.rolbypassrls then 'yes' else 'no' end)
    || case when r.rolname = 'pm_guard' then jsonb_build_object('members', coalesce((
      -- Who made the role may only give it away; before PostgreSQL 16 a membership had no such limits.
      select string_agg(pg_get_userbyid(m.member), ', ' order by pg_get_userbyid(m.member))
      from pg_catalog.pg_auth_members m
      where m.roleid = r.oid and (coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
        or coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true))), 'none'))
      else '{}' end as facets
  from pg_catalog.pg_roles r where r.rolname in ('pm_guard', 'pm_operator')
  order by of`

/** pm's functions; a body is told by its digest, and one that lends an owner's rights is any owner's. */
export const functions = sql<Fact>`
  select 'function' as kind, f.oid::regprocedure::text as of, '' as name, jsonb_build_object(
    'owner', case when f.proname = 'shut_out' and pg_has_role(f.proowner, n.nspowner, 'member') then 'an owner of pm'
      else pg_get_userbyid(f.proowner) end,
    'returns', pg_get_function_result(f.oid),
    'language', l.lanname,
    'security', case when f.prosecdef then 'definer' else 'invoker' end,
    'volatility', f.provolatile,
    'settings', coalesce(array_to_string(f.proconfig, '; '), 'none'),
    'body', left(md5(regexp_replace(coalesce(pg_get_function_sqlbody(f.oid), f.prosrc), '\s+', ' ', 'g')), 8)) as facets
  from pg_catalog.pg_proc f
  join pg_catalog.pg_namespace n on n.oid = f.pronamespace and n.nspname = 'pm'
  join pg_catalog.pg_language l on l.oid = f.prolang
  order by of`

export const triggers = sql<Fact>`
  select 'trigger' as kind, r.full_name as of, t.tgname::text as name, jsonb_build_object(
    'definition', pg_get_triggerdef(t.oid),
    'enabled', case t.tgenabled when 'A' then 'always' when 'O' then 'yes' when 'R' then 'on replicas' else 'no' end
  ) as facets
  from ${relations} r join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  order by of, name`
