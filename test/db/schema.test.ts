import {sql} from 'kysely'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type RowType, readRowTypes} from './row-types.ts'

// What our parsers make of a column (src/db/values.ts), and pg of all others.
const types: Readonly<Record<string, string>> = {
  bigint: 'number',
  boolean: 'boolean',
  'character varying': 'string',
  inet: 'string',
  integer: 'number',
  json: 'Json',
  'json[]': 'Json[]',
  jsonb: 'Json',
  numeric: 'string',
  text: 'string',
  'text[]': 'string[]',
  'timestamp with time zone': 'string',
  uuid: 'string',
}
/** Tables that only pm's own functions touch, and the record of migrations. */
const internal = ['pm.change_permissions', 'pm.change_transactions', 'pm.migrations']

const rowTypes = readRowTypes()
let database: TestDatabase
let columns: Record<string, RowType>

beforeAll(async () => {
  database = await freshDatabase()
  columns = await readColumns()
})

afterAll(() => database.drop())

test('every table and view has a row type, but those nobody reads', () => {
  expect([...Object.keys(rowTypes), ...internal].sort()).toEqual(Object.keys(columns).sort())
})

test.each(Object.keys(rowTypes))('the row type of %s is its columns', (table) => {
  expect(rowTypes[table]).toEqual(columns[table])
})

async function readColumns(): Promise<Record<string, RowType>> {
  const {rows} = await sql<{
    table: string
    column: string
    type: string
    not_null: boolean
    has_default: boolean
    check: string | null
  }>`
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as table,
      a.attname as column, format_type(a.atttypid, null) as type, -- Of a view PostgreSQL does not say so; pm's have no nulls.
      a.attnotnull or c.relkind = 'v' as not_null,
      a.atthasdef or a.attidentity <> '' as has_default,
      (select pg_get_constraintdef(k.oid) from pg_constraint k
       where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as check
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'v')
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'pm')
    where a.attnum > 0 and not a.attisdropped`.execute(database.owner.db)
  const tables: Record<string, RowType> = {}
  for (const {table, column, type, not_null, has_default, check} of rows) {
    const own = {type: types[type] ?? type, nullable: !not_null, generated: has_default, values: valuesOf(check)}
    tables[table] = {...tables[table], [column]: own}
  }
  return tables
}

/** The values that a check lets a column have: `CHECK ((status = ANY (ARRAY['active'::text, …])))`. */
function valuesOf(check: string | null): string[] | null {
  if (!check?.includes('= ANY')) return null
  return [...check.matchAll(/'([^']*)'::/g)].map(([, value = '']) => value).sort()
}
