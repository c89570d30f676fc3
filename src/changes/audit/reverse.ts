import {type GuardedTable, type GuardedTableName, guardedTables} from '../../db/guarded-tables.ts'
import type {Operator} from '../../db/identity.ts'
import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import type {RowImage} from '../../queries/audit/find.ts'
import {nameRows} from '../../queries/audit/row-names.ts'
import {Conflict} from '../../rules/errors.ts'
import {mask, needsSecret} from '../../rules/mask.ts'
import type {Columns, RowChange} from '../plan.ts'

/**
 * The rows that put back what images show, in the images' order; an image that leaves its row as it was has none.
 * @throws Conflict for a table that this version does not write
 */
export async function reverse(
  db: Reader,
  images: readonly RowImage[],
  {user_id}: Pick<Operator, 'user_id'>,
): Promise<RowChange[]> {
  const name = await nameRows(db, images)
  return images
    .map((image) => reversed(image, name(image)))
    .filter(changesSomething)
    .map((row) => signed(row, user_id))
}

/** Whether going back would take a secret that an image does not keep. */
export function lacksSecret({before, after}: RowImage): boolean {
  return needsSecret({before: columnsOf(before), after: columnsOf(after)})
}

/** Which row of its table an image is of. */
export function keyOf(image: RowImage): Columns {
  const row = columnsOf(image.after ?? image.before) ?? {}
  return Object.fromEntries(guardedTables[tableOf(image)].key.map((column) => [column, row[column] ?? null]))
}

function reversed(image: RowImage, label: string): RowChange {
  const before = columnsOf(image.before)
  const after = columnsOf(image.after)
  const row = {table: tableOf(image), label, key: keyOf(image)}
  if (before && after) return {...row, before: differing(after, before), after: differing(before, after)}
  return {...row, before: after && comparable(after), after: before}
}

// Where a row says who touched it last, that is now whoever undoes.
function signed(row: RowChange, updated_by: string | null): RowChange {
  const {update}: GuardedTable = guardedTables[row.table]
  return row.after && update.includes('updated_by') ? {...row, after: {...row.after, updated_by}} : row
}

// A row that a change touched twice and left as it was.
function changesSomething({before, after}: RowChange): boolean {
  return before === null || after === null || Object.keys(after).length > 0
}

// A secret's image cannot be compared; that the row was not touched since, can.
function comparable(row: Columns): Columns {
  return Object.values(row).includes(mask) ? withoutMask(row) : withoutUpdated(row)
}

/** The columns of `row` that differ from `other`. `updated` is the engine's own. */
function differing(row: Columns, other: Columns): Columns {
  const entries = Object.entries(withoutUpdated(row))
  return Object.fromEntries(entries.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(other[name])))
}

function withoutUpdated({updated: _, ...row}: Columns): Columns {
  return withoutMask(row)
}

function withoutMask(row: Columns): Columns {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== mask))
}

function tableOf({table_name}: RowImage): GuardedTableName {
  if (Object.hasOwn(guardedTables, table_name)) return table_name as GuardedTableName
  throw new Conflict(`This version of pm does not write ${table_name} and cannot undo a change of it.`)
}

function columnsOf(image: Json): Columns | null {
  return typeof image === 'object' && image !== null && !Array.isArray(image) ? image : null
}
