import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {maskFormerSecrets} from './former-secrets.ts'
import {selectChanges} from './list.ts'

/** @throws NotFound, also for a change of others without `audit.read`. */
export async function getChange(db: Reader, id: number) {
  const change = await selectChanges(db).where('c.id', '=', id).executeTakeFirst()
  if (!change) throw new NotFound(`No change ${id}.`, {hint: 'See which there are: pm audit list', details: {id}})
  return change
}

/** The row images of a change, in the order they were written; what is secret, or became so since, is masked. */
export async function listImages(db: Reader, changeId: number) {
  const images = await db
    .selectFrom('pm.row_images')
    .where('change_id', '=', changeId)
    .select(['id', 'table_name', 'op', 'before', 'after'])
    .orderBy('id')
    .execute()
  return maskFormerSecrets(db, images)
}

export type RowImage = Awaited<ReturnType<typeof listImages>>[number]
