import {type GuardedTable, type GuardedTableName, guardedTables} from '../../db/guarded-tables.ts'
import type {Operator} from '../../db/identity.ts'
import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {getChange, listImages, type RowImage} from '../../queries/audit/find.ts'
import {nameRows} from '../../queries/audit/row-names.ts'
import {Conflict} from '../../rules/errors.ts'
import {mask, needsSecret} from '../../rules/mask.ts'
import {isPermission} from '../../rules/permissions.ts'
import {verifyInvariants} from '../invariants.ts'
import type {Change, Columns, Plan, RowChange} from '../plan.ts'
import {assertAdminStays} from '../staff/last-admin.ts'
import {assertNotOwn} from '../staff/own-place.ts'

/**
 * Puts back what a change did, row by row. A row that differs from what the change left is never overwritten: the
 * engine refuses the whole undo and lists such rows. Nothing outside the database is undone.
 * @throws Conflict when this version does not know the permission.
 * @param original the permission that the change itself needed; undoing needs it again, and `audit.undo`
 */
export function undoChange(original: string): Change<{id: number}> {
  if (!isPermission(original)) throw new Conflict(`This version of pm does not know the permission ${original}.`)
  return {permission: original, grade: 'moderate', plan: planUndo, verify: verifyInvariants}
}

async function planUndo(db: Reader, {id}: {id: number}, operator: Operator): Promise<Plan> {
  const change = await getChange(db, id)
  if (change.undone_by !== null) throw new Conflict(`Change ${id} was undone already, by change ${change.undone_by}.`)
  const images = fold(await listImages(db, id))
  if (images.some(({before, after}) => needsSecret({before: columnsOf(before), after: columnsOf(after)})))
    throw new Conflict(`Change ${id} touched a secret, which the record does not keep: it cannot be undone.`)
  const name = await nameRows(db, images)
  // Backwards: what was added last goes first.
  const rows = images
    .map((image) => reversed(image, name(image)))
    .filter(changesSomething)
    .map((row) => signed(row, operator.user_id))
    .reverse()
  await assertNotOwn(db, operator, rows)
  await assertAdminStays(db, rows)
  return {
    headline: `Undo change ${id}: ${change.command}`,
    subject: `${id}`,
    undoes: id,
    targets: change.targets,
    rows,
    effects: [],
    warnings: [],
  }
}

/** First before and last after of each row, where a change touched one twice. */
function fold(images: readonly RowImage[]): RowImage[] {
  const rows = new Map<string, RowImage>()
  for (const image of images) {
    const key = JSON.stringify([image.table_name, keyOf(image)])
    const earlier = rows.get(key)
    rows.set(key, earlier ? {...image, op: foldedOp(earlier, image), before: earlier.before} : image)
  }
  return [...rows.values()].filter(({before, after}) => before !== null || after !== null)
}

function foldedOp({before}: RowImage, {after}: RowImage): RowImage['op'] {
  if (before === null) return 'insert'
  return after === null ? 'delete' : 'update'
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

function keyOf(image: RowImage): Columns {
  const row = columnsOf(image.after ?? image.before) ?? {}
  return Object.fromEntries(guardedTables[tableOf(image)].key.map((column) => [column, row[column] ?? null]))
}

function tableOf({table_name}: RowImage): GuardedTableName {
  if (Object.hasOwn(guardedTables, table_name)) return table_name as GuardedTableName
  throw new Conflict(`This version of pm does not write ${table_name} and cannot undo a change of it.`)
}

function columnsOf(image: Json): Columns | null {
  return typeof image === 'object' && image !== null && !Array.isArray(image) ? image : null
}
