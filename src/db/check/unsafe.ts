import {sql} from 'kysely'
import type {Fact} from '../fact.ts'
import {readRaw} from '../read-raw.ts'
import type {Reader} from '../transaction.ts'
import type {Finding} from './finding.ts'

/**
 * Functions of pm that run with their owner's rights and look names up where a caller can put others in their place:
 * the temporary schema is searched first unless it is named last (data-safety §1.4).
 */
export function unsafeFunctions(facts: readonly Fact[]): Finding[] {
  return facts
    .filter(({kind, facets}) => kind === 'function' && facets.security === 'definer' && !isPinned(facets.settings))
    .map(({kind, of, facets}) => ({
      kind,
      object: of,
      finding: 'unsafe',
      expected: 'a search_path that ends with pg_temp',
      found: facets.settings ?? null,
      hint: `alter function ${of} set search_path = pg_catalog, pg_temp`,
    }))
}

function isPinned(settings: string | undefined): boolean {
  return settings?.split('; ').some((setting) => /^search_path=.*\bpg_temp"?$/.test(setting)) ?? false
}

/**
 * Views of tenants' tables that show every tenant's rows, since they read with their owner's rights. pm's own are
 * compared with what they must be.
 */
export async function unsafeViews(db: Reader): Promise<Finding[]> {
  const rows = await readRaw(
    db,
    sql<{view: string; tables: string; materialized: boolean}>`
      select v.oid::regclass::text as view, string_agg(distinct t.relname, ', ') as tables,
        v.relkind = 'm' as materialized
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
        and v.relnamespace is distinct from to_regnamespace('pm')
      join pg_catalog.pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_class'::regclass
      join pg_catalog.pg_class t on t.oid = d.refobjid and t.relrowsecurity
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      where not coalesce((select option_value::boolean from pg_options_to_table(v.reloptions)
        where option_name = 'security_invoker'), false)
      group by v.oid
      order by view`,
  )
  return rows.map(({view, tables, materialized}) => ({
    kind: 'view',
    object: view,
    finding: 'unsafe',
    expected: 'security_invoker = true',
    found: `reads ${tables} with its owner's rights`,
    hint: materialized
      ? `A materialized view keeps no tenant apart: grant it to nobody who works for one.`
      : `alter view ${view} set (security_invoker = true)`,
  }))
}
