import type {AuditedTransaction} from '../db/transaction.ts'
import {Conflict} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import {withoutCascade} from './cascade.ts'
import {notAsPlanned} from './not-as-planned.ts'
import {withOwnImages} from './own-images.ts'
import type {RowChange} from './plan.ts'
import {inSets, type RowSet, statement} from './row-sets.ts'
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
  return notAsPlanned(trx.reader, rows, 'for update')
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

async function applySet({db}: AuditedTransaction, set: RowSet): Promise<void> {
  const {numAffectedRows} = await statement(set).execute(db)
  const written = Number(numAffectedRows ?? 0)
  if (written !== set.rows.length) throw tooFewWritten(set.table, written, set.rows.length)
}

/** What is said where a row is as planned, and the database would not have it written all the same. */
export function tooFewWritten(table: string, written: number, all: number): Conflict {
  return new Conflict(`Only ${written} of ${all} rows of ${table} could be written. Nothing was changed.`)
}

function changedMeanwhile(rows: readonly RowChange[]): Conflict {
  const labels = rows.map(({label}) => label)
  return new Conflict(`Changed since it was planned: ${firstFew(labels)}. Nothing was changed.`, {
    hint: 'Run the command again to see how things stand now.',
    details: {changed: labels},
  })
}
