import {sql} from 'kysely'
import type {AuditedTransaction} from '../db/transaction.ts'
import {tooFewWritten} from './apply.ts'
import {notAsPlanned} from './not-as-planned.ts'
import type {RowChange} from './plan.ts'
import {plannedRows} from './planned-rows.ts'
import {asPlanned, assignments, type RowSet, sameKey} from './row-sets.ts'
import {takeTurn} from './staff/last-admin.ts'

/**
 * Updates those rows of a set that are still as planned, and returns the others: what `lockRows` and `writeRows` do, but in
 * one statement that finds each row once, so that the rows are held for less time. Of a table of some size it takes the
 * rows in the plan's order; where it does not, one of two sessions that wait for each other tries again.
 * @throws Conflict when one could not be written.
 */
export async function updateUnchanged({db, reader}: AuditedTransaction, set: RowSet): Promise<RowChange[]> {
  const {table, rows} = set
  await takeTurn(reader, rows)
  const {rows: left} = await sql<{n: number}>`
    with planned as (${plannedRows(
      table,
      rows.map((row) => ({row, s: 0})),
    )}),
    written as (
      update ${sql.table(table)} t set ${assignments(set)} from planned
      where ${sameKey(table)} and ${asPlanned(set)} returning planned.n
    )
    select n from planned where n not in (select n from written) order by n`.execute(db)
  const changed = await notAsPlanned(
    reader,
    left.flatMap(({n}) => rows[n] ?? []),
  )
  if (changed.length < left.length) throw tooFewWritten(table, rows.length - left.length, rows.length - changed.length)
  return changed
}
