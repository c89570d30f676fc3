import {sql} from 'kysely'
import type {AuditedTransaction} from '../db/transaction.ts'
import {tooFewWritten} from './apply.ts'
import type {RowChange} from './plan.ts'
import {plannedRows} from './planned-rows.ts'
import {asPlanned, assignments, keyOrder, type RowSet, sameKey} from './row-sets.ts'
import {takeTurn} from './staff/last-admin.ts'

/**
 * Updates those rows of a set that are still as planned, and returns the others: what `lockRows` and `writeRows` do, in the
 * same order, but in one statement, so that the rows are held for less time.
 * @throws Conflict when one could not be written.
 */
export async function updateUnchanged({db, reader}: AuditedTransaction, set: RowSet): Promise<RowChange[]> {
  const {table, rows} = set
  await takeTurn(reader, rows)
  const {rows: left} = await sql<{n: number; same: boolean}>`
    with planned as (${plannedRows(
      table,
      rows.map((row) => ({row, s: 0})),
    )}),
    same as (
      select planned.n from planned join ${sql.table(table)} t on ${sameKey(table)} and ${asPlanned(set)}
      order by ${keyOrder(table)} for update of t
    ),
    written as (
      update ${sql.table(table)} t set ${assignments(set)} from planned join same on same.n = planned.n
      where ${sameKey(table)} returning planned.n
    )
    select n, n in (select n from same) as same from planned where n not in (select n from written) order by n`.execute(
    db,
  )
  const refused = left.filter(({same}) => same).length
  if (refused > 0) throw tooFewWritten(table, rows.length - left.length, rows.length - left.length + refused)
  return left.flatMap(({n}) => rows[n] ?? [])
}
