import {type RawBuilder, type SqlBool, sql} from 'kysely'

/**
 * Whether a column's text begins so, in any case of letters. An index on lower(column) text_pattern_ops answers it,
 * where no row-level security stands before it; there, see names.ts.
 */
export function beginsWith(column: string, typed: string): RawBuilder<SqlBool> {
  return sql`lower(${sql.ref(column)}) like ${`${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`}`
}

/** The order of the index that finds prefixes: what is exactly as typed comes first. */
export function inPrefixOrder(column: string): RawBuilder<unknown> {
  return sql`lower(${sql.ref(column)}) using ~<~`
}
