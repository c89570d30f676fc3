import type {Reader} from '../../db/transaction.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {notAsPlanned} from '../not-as-planned.ts'
import type {RowChange} from '../plan.ts'
import type {Fallen} from './fallen.ts'
import type {JobItem} from './item.ts'

/** What is not as planned: which rows are not as before, and which items stand on what is not so any more. */
interface Changed {
  changed: ReadonlySet<RowChange>
  fallen: Fallen
}

/** Why items are left alone of which something is not as planned: they are as their plan says after, or something else. */
export async function leftAlone(db: Reader, items: readonly JobItem[], since: Changed): Promise<MissedItem[]> {
  const unlike = await unlikeAfter(db, items)
  return items.map((item) => (item.rows.some((row) => unlike.has(row)) ? stale(item, since) : already(item)))
}

/** The rows that are not what their plan makes of them. */
async function unlikeAfter(db: Reader, items: readonly JobItem[]): Promise<ReadonlySet<RowChange>> {
  const rows = items.flatMap((item) => item.rows)
  const gone = rows.filter(({after}) => after === null)
  const there = rows.filter(({after}) => after !== null)
  const missing = new Set(await those(db, gone, (row) => ({...row, before: {}})))
  const unlike = await those(db, there, ({after, ...row}) => ({...row, before: after, after: null}))
  return new Set([...gone.filter((row) => !missing.has(row)), ...unlike])
}

/** Those rows for which what is looked for is not found. */
export async function those(
  db: Reader,
  rows: readonly RowChange[],
  lookingFor: (row: RowChange) => RowChange,
): Promise<RowChange[]> {
  const looked = new Map(rows.map((row) => [lookingFor(row), row]))
  return (await notAsPlanned(db, [...looked.keys()])).flatMap((row) => looked.get(row) ?? [])
}

function stale(item: JobItem, {changed, fallen}: Changed): MissedItem {
  const {target, line, rows} = item
  const label = rows.find((row) => changed.has(row))?.label ?? target
  return {target, line, outcome: 'stale', reason: fallen.get(item) ?? `${label} changed since it was planned.`}
}

function already({target, line, rows}: JobItem): MissedItem {
  return {target, line, outcome: 'already', reason: `${rows[0]?.label ?? target} is as planned already.`}
}
