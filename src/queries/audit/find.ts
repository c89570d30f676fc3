import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {selectChanges} from './list.ts'

/** @throws NotFound, also for a change of others without `audit.read`. */
export async function getChange(db: Reader, id: number) {
  const change = await selectChanges(db).where('c.id', '=', id).executeTakeFirst()
  if (!change) throw new NotFound(`No change ${id}.`, {hint: 'See which there are: pm audit list', details: {id}})
  return change
}

/** The row images of a change, in the order they were written. */
export async function listImages(db: Reader, changeId: number) {
  return db
    .selectFrom('pm.row_images')
    .where('change_id', '=', changeId)
    .select(['id', 'table_name', 'op', 'before', 'after'])
    .orderBy('id')
    .execute()
}

export type RowImage = Awaited<ReturnType<typeof listImages>>[number]
