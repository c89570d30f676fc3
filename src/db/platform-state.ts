import {sql} from 'kysely'
import {Conflict} from '../rules/errors.ts'
import {platformTables} from './platform-tables.ts'
import {readRaw} from './read-raw.ts'
import type {Reader} from './transaction.ts'

/**
 * Whether the platform's tables are in this database.
 * @throws Conflict when only some of them are: pm won't guess at the rest.
 */
export async function platformState(db: Reader): Promise<'absent' | 'whole'> {
  const present = await presentTables(db)
  if (present.size === 0) return 'absent'
  if (present.size === platformTables.length) return 'whole'
  const missing = platformTables.filter((name) => !present.has(name))
  const found = `${present.size} of the platform's ${platformTables.length} tables`
  throw new Conflict(`This database has only ${found}; missing: ${missing.join(', ')}.`, {
    hint: "Point pm at a complete platform database or at an empty one; it won't fill in a partial one.",
    details: {missing},
  })
}

// From pg_catalog, since information_schema hides the tables this login has no grants on.
async function presentTables(db: Reader): Promise<Set<string>> {
  const rows = await readRaw(
    db,
    sql<{name: string}>`select c.relname as name
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname in (${sql.join(platformTables)})`,
  )
  return new Set(rows.map((row) => row.name))
}
