import {type RawBuilder, sql} from 'kysely'

/** Whether a column is one of many values; `in` ends at the 65,535 parameters that a statement can have. */
export function isAnyOf(column: string, values: readonly string[], type: 'text' | 'uuid'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${[...values]}::${sql.raw(type)}[])`
}

/** Whether a text is one of many, in any case of letters; an index on lower(column) finds it (but see names.ts). */
export function isAnyCaseOf(column: string, values: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`lower(${sql.ref(column)}) = any(${values.map((value) => value.toLowerCase())}::text[])`
}
