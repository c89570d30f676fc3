import {sql} from 'kysely'
import {type GuardedTableName, guardedTables} from '../db/guarded-tables.ts'
import type {AuditedTransaction} from '../db/transaction.ts'
import {Conflict} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import {withoutCascade} from './cascade.ts'
import {withOwnImages} from './own-images.ts'
import {opOf, type RowChange} from './plan.ts'
import {asPlanned, inSets, type RowSet, sameKey, statement} from './row-sets.ts'
import {takeTurn} from './staff/last-admin.ts'

/**
 * Applies planned rows, all or none: locks them in key order, checks that each is still as planned, writes them set by
 * set, and compares counts. Where the database has no audit triggers it writes the row images itself.
 * @throws Conflict listing the rows that changed since they were planned.
 */
export async function applyRows(trx: AuditedTransaction, rows: readonly RowChange[]): Promise<void> {
  const changed = await lockRows(trx, rows)
  if (changed.length > 0) throw changedMeanwhile(changed)
  await writeRows(trx, rows)
}

/**
 * Locks the rows that a plan updates or deletes, and returns those that are no longer as planned. Every writer locks in
 * the same order, table by table and key by key, so that two of them wait and never deadlock.
 */
export async function lockRows(trx: AuditedTransaction, rows: readonly RowChange[]): Promise<RowChange[]> {
  await takeTurn(trx.reader, rows)
  const sets = inSets(rows.filter((row) => opOf(row) !== 'insert'))
  const tables = [...new Set(sets.map(({table}) => table))].sort()
  const changed: RowChange[] = []
  for (const table of tables) {
    const own = sets.filter((set) => set.table === table)
    changed.push(...(await lock(trx, table, own)))
  }
  return changed
}

/** Writes rows that `lockRows` has locked and found as planned. @throws Conflict when one could not be written. */
export async function writeRows(trx: AuditedTransaction, rows: readonly RowChange[]): Promise<void> {
  const sets = inSets(rows)
  const write = async () => {
    for (const set of sets) await applySet(trx, set)
  }
  if (trx.enforcedBy === 'transaction') await withOwnImages(trx, rows, write)
  else if (sets.some(({op}) => op === 'delete')) await withoutCascade(trx, rows.length, write)
  else await write()
}

// One statement for all of a table's rows, whatever is planned with each: a second one would begin the order anew.
async function lock({db}: AuditedTransaction, table: GuardedTableName, sets: readonly RowSet[]): Promise<RowChange[]> {
  const planned = sets.flatMap((set, s) => set.rows.map((row) => ({row, s})))
  const document = planned.map(({row: {key, before}, s}, n) => ({n, s, before: {...before, ...key}}))
  const stillSo = sets.map((set, s) => sql`when ${sql.lit(s)} then ${asPlanned(set)}`)
  const {rows} = await sql<{n: number}>`
    with planned as (
      select n, s, jsonb_populate_record(null::${sql.table(table)}, before) as before
      from jsonb_to_recordset(${JSON.stringify(document)}::jsonb) as rows (n integer, s integer, before jsonb)
    ),
    locked as (
      select planned.n from planned join ${sql.table(table)} t
        on ${sameKey(table)} and case planned.s ${sql.join(stillSo, sql` `)} end
      order by ${sql.join(guardedTables[table].key.map((column) => sql.ref(`t.${column}`)))} for update of t
    )
    select n from planned where n not in (select n from locked) order by n`.execute(db)
  return rows.flatMap(({n}) => planned[n]?.row ?? [])
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

function changedMeanwhile(rows: readonly RowChange[]): Conflict {
  const labels = rows.map(({label}) => label)
  return new Conflict(`Changed since it was planned: ${firstFew(labels)}. Nothing was changed.`, {
    hint: 'Run the command again to see how things stand now.',
    details: {changed: labels},
  })
}
