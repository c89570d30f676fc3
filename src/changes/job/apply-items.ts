import type {AuditedTransaction} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {lockRows, writeRows} from '../apply.ts'
import {verifyInvariants} from '../invariants.ts'
import type {JobItem} from './item.ts'

/** What became of some items. */
export interface Applied {
  changed: readonly JobItem[]
  missed: readonly MissedItem[]
}

/**
 * Applies items, each all or not at all. One that changed since it was planned is left as it is and told of; the others
 * are written together.
 */
export async function applyItems(trx: AuditedTransaction, items: readonly JobItem[]): Promise<Applied> {
  const moved = new Set(
    await lockRows(
      trx,
      items.flatMap(({rows}) => rows),
    ),
  )
  const isStale = ({rows}: JobItem) => rows.some((row) => moved.has(row))
  const changed = items.filter((item) => !isStale(item))
  const rows = changed.flatMap((item) => item.rows)
  await writeRows(trx, rows)
  await verifyInvariants(trx.reader, {rows})
  return {changed, missed: items.filter(isStale).map(stale)}
}

function stale({target, rows}: JobItem): MissedItem {
  return {target, outcome: 'stale', reason: `${rows[0]?.label ?? target} changed since it was planned.`}
}
