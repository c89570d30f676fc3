import {sql} from 'kysely'
import {type GuardedTableName, guardedTables} from '../db/guarded-tables.ts'
import type {AuditedTransaction} from '../db/transaction.ts'
import {masked} from './masked.ts'
import {type Columns, opOf, type RowChange} from './plan.ts'

/**
 * Writes rows and then their images, where the database has no audit triggers to do it: whole rows, as they are before
 * and after, with secrets masked, just as the triggers' are.
 */
export async function withOwnImages(
  trx: AuditedTransaction,
  rows: readonly RowChange[],
  write: () => Promise<void>,
): Promise<void> {
  const before = await wholeRows(trx, rows)
  await write()
  const after = await wholeRows(trx, rows)
  const images = rows.map((row) => {
    const [old, current] = [before.get(row) ?? null, after.get(row) ?? null]
    return {
      change_id: trx.changeId,
      table_name: row.table,
      op: opOf(row),
      before: old && JSON.stringify(masked(row.table, old, current)),
      after: current && JSON.stringify(masked(row.table, current, old)),
    }
  })
  if (images.length > 0) await trx.db.insertInto('pm.row_images').values(images).execute()
}

async function wholeRows(trx: AuditedTransaction, rows: readonly RowChange[]): Promise<Map<RowChange, Columns>> {
  const tables = [...new Set(rows.map(({table}) => table))]
  const found = new Map<RowChange, Columns>()
  for (const table of tables) {
    const own = rows.filter((row) => row.table === table)
    for (const {n, whole} of await wholeRowsOf(trx, table, own)) {
      const row = own[n]
      if (row) found.set(row, whole)
    }
  }
  return found
}

async function wholeRowsOf(
  {db}: AuditedTransaction,
  table: GuardedTableName,
  rows: readonly RowChange[],
): Promise<{n: number; whole: Columns}[]> {
  const document = rows.map(({key}, n) => ({n, key}))
  const sameKey = guardedTables[table].key.map((column) => sql`t.${sql.ref(column)} = (k.key).${sql.ref(column)}`)
  const found = await sql<{n: number; whole: Columns}>`
    select k.n, to_jsonb(t) as whole from ${sql.table(table)} t join (
      select n, jsonb_populate_record(null::${sql.table(table)}, key) as key
      from jsonb_to_recordset(${JSON.stringify(document)}::jsonb) as rows (n integer, key jsonb)
    ) k on ${sql.join(sameKey, sql` and `)}`.execute(db)
  return found.rows
}
