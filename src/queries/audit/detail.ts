import type {Reader} from '../../db/transaction.ts'
import {differs} from '../../rules/mask.ts'
import {getChange, listImages, type RowImage} from './find.ts'
import type {ChangeRow} from './list.ts'
import {columnsOf, type ImageColumns, nameRows} from './row-names.ts'

/** One row that a change touched; of an updated row, the columns that changed. */
export interface ChangedRow {
  row: string
  table: string
  op: RowImage['op']
  before: ImageColumns | null
  after: ImageColumns | null
}

/** A change with everything it did. */
export interface ChangeDetail extends ChangeRow {
  images: ChangedRow[]
}

/** @throws NotFound */
export async function getChangeDetail(db: Reader, id: number): Promise<ChangeDetail> {
  const change = await getChange(db, id)
  const images = await listImages(db, id)
  const name = await nameRows(db, images)
  return {
    ...change,
    images: images.map((image) => ({row: name(image), table: image.table_name, op: image.op, ...changed(image)})),
  }
}

function changed({op, before, after}: RowImage): Pick<ChangedRow, 'before' | 'after'> {
  const old = columnsOf(before)
  const current = columnsOf(after)
  if (op !== 'update') return {before: op === 'delete' ? old : null, after: op === 'insert' ? current : null}
  const names = Object.keys(current).filter((name) => differs(old[name], current[name]))
  const only = (row: ImageColumns) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  return {before: only(old), after: only(current)}
}
