import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {notAsPlanned} from '../not-as-planned.ts'
import {opOf, type RowChange} from '../plan.ts'
import {assertNotOwn} from '../staff/own-place.ts'
import {batches} from './batches.ts'
import type {BulkPlan} from './bulk-plan.ts'
import {listFallen} from './fallen.ts'
import type {JobItem} from './item.ts'
import {leftAlone, those} from './left-alone.ts'
import {PackedItems} from './packed-items.ts'

/**
 * A plan that was made earlier, with the rows as they are now: an item that is as planned already, that changed meanwhile,
 * or that stands on what is not so any more, is left out and told of.
 * @throws PermissionDenied for what this operator may not do, whoever planned it
 */
export async function asItStands(db: Reader, plan: BulkPlan, operator: Operator): Promise<BulkPlan> {
  const items = new PackedItems()
  const missed = [...plan.missed]
  for (const some of batches(plan.items)) {
    await assertNotOwn(
      db,
      operator,
      some.flatMap(({rows}) => rows),
    )
    const changed = await changedRows(db, some)
    const fallen = await listFallen(db, some, operator)
    const isLeft = (item: JobItem) => fallen.has(item) || isAmong(changed, item)
    for (const item of some) if (!isLeft(item)) items.add(item)
    missed.push(...(await leftAlone(db, some.filter(isLeft), {changed, fallen})))
  }
  return {...plan, items, missed}
}

/** The rows that are not what their plan says of them before. Those to be added must not be there. */
async function changedRows(db: Reader, items: readonly JobItem[]): Promise<ReadonlySet<RowChange>> {
  const rows = items.flatMap((item) => item.rows)
  const added = rows.filter((row) => opOf(row) === 'insert')
  const missing = new Set(await those(db, added, ({after, ...row}) => ({...row, before: {}, after: null})))
  return new Set([...(await notAsPlanned(db, rows)), ...added.filter((row) => !missing.has(row))])
}

function isAmong(rows: ReadonlySet<RowChange>, item: JobItem): boolean {
  return item.rows.some((row) => rows.has(row))
}
