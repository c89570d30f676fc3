import {type RawBuilder, type Sql, sql} from 'kysely'
import {type GuardedTable, type GuardedTableName, guardedTables} from '../db/guarded-tables.ts'
import {type Op, opOf, type RowChange} from './plan.ts'
import {plannedRows} from './planned-rows.ts'

/** Rows that one statement can write: same table, same operation, same columns. */
export interface RowSet {
  table: GuardedTableName
  op: Op
  beforeColumns: readonly string[]
  afterColumns: readonly string[]
  rows: RowChange[]
}

/** Planned rows by the statement that writes them, in the order of the plan. */
export function inSets(rows: readonly RowChange[]): RowSet[] {
  const sets = new Map<string, RowSet>()
  for (const row of rows) {
    const op = opOf(row)
    const beforeColumns = Object.keys(row.before ?? {})
    const afterColumns = Object.keys(row.after ?? {})
    const signature = [row.table, op, beforeColumns, afterColumns].join('|')
    const set = sets.get(signature) ?? {table: row.table, op, beforeColumns, afterColumns, rows: []}
    set.rows.push(row)
    sets.set(signature, set)
  }
  return [...sets.values()]
}

/** The statement that writes a set. */
export function statement(set: RowSet): RawBuilder<unknown> {
  const columns = set.afterColumns.map((column) => sql.ref(column))
  const source = sql`(${plannedRows(
    set.table,
    set.rows.map((row) => ({row, s: 0})),
  )}) planned`
  if (set.op === 'insert') {
    return sql`insert into ${target(set)} (${sql.join(columns)})
      select ${sql.join(set.afterColumns.map((column) => field('after', column)))} from ${source}`
  }
  if (set.op === 'delete') {
    return sql`delete from ${target(set)} t using ${source} where ${sameKey(set.table)} and ${asPlanned(set)}`
  }
  return sql`update ${target(set)} t set ${assignments(set)}
    from ${source} where ${sameKey(set.table)} and ${asPlanned(set)}`
}

/** What an update of row `t` sets, to what `planned` says. */
export function assignments(set: RowSet): RawBuilder<unknown> {
  const columns = set.afterColumns.map((column) => sql`${sql.ref(column)} = ${field('after', column)}`)
  return sql.join([...columns, ...touchUpdated(set)])
}

/** The key of row `t`, in which order whoever locks several locks them. */
export function keyOrder(table: GuardedTableName): RawBuilder<unknown> {
  return sql.join(guardedTables[table].key.map((column) => sql.ref(`t.${column}`)))
}

/** Whether row `t` is the one that `planned` means. */
export function sameKey(table: GuardedTableName): RawBuilder<Sql> {
  return allOf(guardedTables[table].key.map((column) => sql`t.${sql.ref(column)} = ${field('key', column)}`))
}

/** Whether row `t` still is what `planned` relies on. */
export function asPlanned({beforeColumns}: RowSet): RawBuilder<Sql> {
  return allOf(beforeColumns.map((column) => sql`t.${sql.ref(column)} is not distinct from ${field('before', column)}`))
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<Sql> {
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}

function field(side: 'key' | 'before' | 'after', column: string): RawBuilder<unknown> {
  return sql`(planned.${sql.ref(side)}).${sql.ref(column)}`
}

function target({table}: RowSet): RawBuilder<unknown> {
  return sql.table(table)
}

function touchUpdated({table, afterColumns}: RowSet): RawBuilder<unknown>[] {
  const {update}: GuardedTable = guardedTables[table]
  return update.includes('updated') && !afterColumns.includes('updated') ? [sql`updated = now()`] : []
}
