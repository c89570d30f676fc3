import type {Reader} from '../../db/transaction.ts'
import type {RowImage} from './find.ts'

const batchSize = 1_000

/**
 * The row images of several changes, change by change in the order they were written, some at a time. Without those of
 * the job itself, whose beginning and end nothing undoes.
 */
export async function* streamImages(db: Reader, changes: readonly number[]): AsyncGenerator<RowImage[]> {
  for (const change of changes) {
    let after = 0
    while (true) {
      const images = await imagesBehind(db, change, after)
      if (images.length > 0) yield images.filter(({table_name}) => table_name !== 'pm.jobs')
      if (images.length < batchSize) break
      after = images.at(-1)?.id ?? after
    }
  }
}

function imagesBehind(db: Reader, change: number, after: number): Promise<RowImage[]> {
  return db
    .selectFrom('pm.row_images')
    .where('change_id', '=', change)
    .where('id', '>', after)
    .select(['id', 'table_name', 'op', 'before', 'after'])
    .orderBy('change_id')
    .orderBy('id')
    .limit(batchSize)
    .execute()
}
