import type {AuditedTransaction} from '../db/transaction.ts'
import {Conflict} from '../rules/errors.ts'

/**
 * Deletes what is planned, and nothing else: a row that goes can take others with it (ON DELETE CASCADE), which the
 * operator was not shown. The database's row images tell.
 * @throws Conflict
 */
export async function withoutCascade(
  trx: AuditedTransaction,
  planned: number,
  write: () => Promise<void>,
): Promise<void> {
  const earlier = await countImages(trx)
  await write()
  const others = (await countImages(trx)) - earlier - planned
  if (others <= 0) return
  throw new Conflict(`${others} more ${others === 1 ? 'row' : 'rows'} would go with what goes. Nothing was changed.`, {
    hint: 'Something refers to it that came later: take that away first.',
  })
}

async function countImages({reader, changeId}: AuditedTransaction): Promise<number> {
  const {count} = await reader
    .selectFrom('pm.row_images')
    .where('change_id', '=', changeId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
