import {sql} from 'kysely'
import {platformTables} from '../platform-tables.ts'

/** The tables that are looked at: the platform's and pm's own, and pm's views. What else a platform has is its own business. */
export const relations = sql`(
  select c.*, n.nspname, n.nspname || '.' || c.relname as full_name
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where (n.nspname = 'pm' and c.relkind in ('r', 'p', 'v'))
    or (n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname in (${sql.join(platformTables)}))
)`
