import {type RawBuilder, type Sql, sql} from 'kysely'
import {type GuardedTable, guardedTables} from '../db/guarded-tables.ts'
import type {AuditedTransaction} from '../db/transaction.ts'
import {Conflict} from '../rules/errors.ts'
import type {RowChange} from './plan.ts'

/**
 * Applies planned rows, all or none: locks them in key order, checks that each is still as planned, writes them set by
 * set, and compares counts. Where the database has no audit triggers it writes the row images itself.
 * @throws Conflict listing the rows that changed since they were planned.
 */
export async function applyRows(trx: AuditedTransaction, rows: readonly RowChange[]): Promise<void> {
  const sets = inSets(rows)
  for (const set of [...sets].filter(({op}) => op !== 'insert').sort(byTable)) await lock(trx, set)
  for (const set of sets) await applySet(trx, set)
  if (trx.enforcedBy === 'transaction') await recordImages(trx, rows)
}

type Op = 'insert' | 'update' | 'delete'

/** Rows that one statement can write: same table, same operation, same columns. */
interface RowSet {
  table: RowChange['table']
  op: Op
  beforeColumns: readonly string[]
  afterColumns: readonly string[]
  rows: RowChange[]
}

function inSets(rows: readonly RowChange[]): RowSet[] {
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

export function opOf({before, after}: RowChange): Op {
  if (before === null) return 'insert'
  return after === null ? 'delete' : 'update'
}

// Every writer locks in this order, so that two of them wait for each other and never deadlock.
function byTable(one: RowSet, other: RowSet): number {
  return one.table < other.table ? -1 : Number(one.table > other.table)
}

async function lock({db}: AuditedTransaction, set: RowSet): Promise<void> {
  const key = keyColumns(set)
  const {rows} = await sql<{n: number}>`
    with planned as (${planned(set)}),
    locked as (
      select planned.n from planned join ${target(set)} t on ${sameKey(set)} and ${asPlanned(set)}
      order by ${sql.join(key.map((column) => sql.ref(`t.${column}`)))} for update of t
    )
    select n from planned where n not in (select n from locked) order by n`.execute(db)
  if (rows.length > 0) throw changedMeanwhile(rows.flatMap(({n}) => set.rows[n] ?? []))
}

async function applySet({db}: AuditedTransaction, set: RowSet): Promise<void> {
  const {numAffectedRows} = await statement(set).execute(db)
  const written = Number(numAffectedRows ?? 0)
  if (written !== set.rows.length) {
    throw new Conflict(
      `Only ${written} of ${set.rows.length} rows of ${set.table} could be written. Nothing was changed.`,
    )
  }
}

function statement(set: RowSet): RawBuilder<unknown> {
  const columns = set.afterColumns.map((column) => sql.ref(column))
  const source = sql`(${planned(set)}) planned`
  if (set.op === 'insert') {
    return sql`insert into ${target(set)} (${sql.join(columns)})
      select ${sql.join(set.afterColumns.map((column) => field('after', column)))} from ${source}`
  }
  if (set.op === 'delete') {
    return sql`delete from ${target(set)} t using ${source} where ${sameKey(set)} and ${asPlanned(set)}`
  }
  const assignments = set.afterColumns.map((column) => sql`${sql.ref(column)} = ${field('after', column)}`)
  return sql`update ${target(set)} t set ${sql.join([...assignments, ...touchUpdated(set)])}
    from ${source} where ${sameKey(set)} and ${asPlanned(set)}`
}

/** The planned rows as composite values of the table's own row type, which turns JSON into every column's type. */
function planned(set: RowSet): RawBuilder<unknown> {
  const document = set.rows.map(({key, before, after}, n) => ({
    n,
    before: {...before, ...key},
    after: {...key, ...after},
  }))
  return sql`select n, jsonb_populate_record(null::${target(set)}, before) as before,
      jsonb_populate_record(null::${target(set)}, after) as after
    from jsonb_to_recordset(${JSON.stringify(document)}::jsonb) as rows (n integer, before jsonb, after jsonb)`
}

function sameKey(set: RowSet): RawBuilder<Sql> {
  return allOf(keyColumns(set).map((column) => sql`t.${sql.ref(column)} = ${field('before', column)}`))
}

function asPlanned({beforeColumns}: RowSet): RawBuilder<Sql> {
  return allOf(beforeColumns.map((column) => sql`t.${sql.ref(column)} is not distinct from ${field('before', column)}`))
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<Sql> {
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}

function field(side: 'before' | 'after', column: string): RawBuilder<unknown> {
  return sql`(planned.${sql.ref(side)}).${sql.ref(column)}`
}

function target({table}: RowSet): RawBuilder<unknown> {
  return sql.table(table)
}

function keyColumns({table}: RowSet): readonly string[] {
  return guardedTables[table].key
}

function touchUpdated({table, afterColumns}: RowSet): RawBuilder<unknown>[] {
  const {update}: GuardedTable = guardedTables[table]
  return update.includes('updated') && !afterColumns.includes('updated') ? [sql`updated = now()`] : []
}

function changedMeanwhile(rows: readonly RowChange[]): Conflict {
  const labels = rows.map(({label}) => label)
  const shown = labels.slice(0, 5).join(', ') + (labels.length > 5 ? ` and ${labels.length - 5} more` : '')
  return new Conflict(`Changed since it was planned: ${shown}. Nothing was changed.`, {
    hint: 'Run the command again to see how things stand now.',
    details: {changed: labels},
  })
}

async function recordImages({db, changeId}: AuditedTransaction, rows: readonly RowChange[]): Promise<void> {
  const images = rows.map((row) => ({
    change_id: changeId,
    table_name: row.table,
    op: opOf(row),
    before: row.before && JSON.stringify({...row.key, ...row.before}),
    after: row.after && JSON.stringify({...row.key, ...row.after}),
  }))
  if (images.length > 0) await db.insertInto('pm.row_images').values(images).execute()
}
