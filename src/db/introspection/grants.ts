import {sql} from 'kysely'
import type {Fact} from '../fact.ts'
import {relations} from './scope.ts'

const grantee = sql`case when g.grantee = 0 then 'public' else pg_get_userbyid(g.grantee) end`
const ours = sql`(g.grantee = 0 or pg_get_userbyid(g.grantee) = 'pm_operator')`

/**
 * What operators may do with tables, functions and schemas, and what everybody may do with pm's own: one fact for each
 * thing and grantee. Tables of `public` that the platform opens to everybody are its own business.
 */
export const grants = sql<Fact>`
  with table_grants as (
    select r.full_name as of, ${grantee} as grantee, g.privilege_type as privilege
    from ${relations} r, aclexplode(r.relacl) g
    where ${ours} and (g.grantee <> 0 or r.nspname = 'pm')
  ), column_grants as (
    select r.full_name as of, ${grantee} as grantee,
      g.privilege_type || ' (' || string_agg(a.attname, ', ' order by a.attname) || ')' as privilege
    from ${relations} r
    join pg_catalog.pg_attribute a on a.attrelid = r.oid and not a.attisdropped, aclexplode(a.attacl) g
    where ${ours} and (g.grantee <> 0 or r.nspname = 'pm')
    group by 1, 2, g.privilege_type
  ), function_grants as (
    select f.oid::regprocedure::text as of, ${grantee} as grantee, g.privilege_type as privilege
    from pg_catalog.pg_proc f
    join pg_catalog.pg_namespace n on n.oid = f.pronamespace and n.nspname = 'pm',
      aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) g
    where ${ours}
  ), schema_grants as (
    select n.nspname::text as of, ${grantee} as grantee, g.privilege_type as privilege
    from pg_catalog.pg_namespace n, aclexplode(n.nspacl) g
    where ${ours} and (n.nspname = 'pm' or (n.nspname = 'public' and g.grantee <> 0))
  )
  select 'grant' as kind, of, grantee::text as name,
    jsonb_build_object('privileges', string_agg(privilege, ', ' order by privilege)) as facets
  from (table table_grants union all table column_grants union all table function_grants union all table schema_grants) g
  group by of, grantee
  order by of, name`
