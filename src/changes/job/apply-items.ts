import type {AuditedTransaction} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {lockRows, writeRows} from '../apply.ts'
import {verifyInvariants} from '../invariants.ts'
import {countsThatFollow, recount} from '../ip/recount.ts'
import type {RowChange} from '../plan.ts'
import {inSets} from '../row-sets.ts'
import {updateUnchanged} from '../update-unchanged.ts'
import {doBesides} from './do-besides.ts'
import {listFallen} from './fallen.ts'
import type {JobItem} from './item.ts'
import {leftAlone} from './left-alone.ts'

/** What became of some items. */
export interface Applied {
  changed: readonly JobItem[]
  missed: readonly MissedItem[]
}

/**
 * Applies items, each all or not at all. One that changed since it was planned, or that stands on what is not so any more,
 * is left as it is and told of; the others are written together, and what follows from them: how many domains IPs carry,
 * of which items may share some.
 * @param recounts whether what plans limit is counted once more
 */
export async function applyItems(
  trx: AuditedTransaction,
  items: readonly JobItem[],
  recounts: boolean,
): Promise<Applied> {
  const fallen = await listFallen(trx.reader, items, recounts ? trx : undefined)
  const standing = items.filter((item) => !fallen.has(item))
  const moved = await writeUnchanged(trx, standing)
  const changed = standing.filter((item) => !isAmong(moved, item))
  await verifyInvariants(trx.reader, {rows: rowsOf(changed)})
  await doBesides(trx, changed)
  if (changed.length === items.length) return {changed, missed: []}
  const left = items.filter((item) => fallen.has(item) || isAmong(moved, item))
  return {changed, missed: await leftAlone(trx.reader, left, {changed: moved, fallen})}
}

/** Writes the items that are as planned in all of their rows, and returns which rows are not. */
async function writeUnchanged(trx: AuditedTransaction, items: readonly JobItem[]): Promise<ReadonlySet<RowChange>> {
  const [set, another] = inSets(rowsOf(items))
  const following = await countsThatFollow(trx.reader, rowsOf(items))
  const isOneUpdate = set?.op === 'update' && !another && items.every(({rows}) => rows.length === 1)
  if (isOneUpdate && following.length === 0 && trx.enforcedBy === 'database')
    return new Set(await updateUnchanged(trx, set))
  const moved = new Set(await lockRows(trx, [...rowsOf(items), ...following]))
  const unchanged = rowsOf(items.filter((item) => !isAmong(moved, item)))
  // Of what is left as it is, nothing follows.
  const counts = await countsThatFollow(trx.reader, unchanged)
  await writeRows(trx, unchanged)
  await recount(trx, counts)
  return moved
}

function isAmong(moved: ReadonlySet<RowChange>, {rows}: JobItem): boolean {
  return rows.some((row) => moved.has(row))
}

function rowsOf(items: readonly JobItem[]): RowChange[] {
  return items.flatMap(({rows}) => rows)
}
