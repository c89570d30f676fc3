import {codeBehind} from '../../db/failure.ts'
import type {AuditedTransaction} from '../../db/transaction.ts'
import {Conflict} from '../../rules/errors.ts'
import {deeds} from './deeds.ts'
import type {JobItem} from './item.ts'
import {recoveryFrom} from './recovery.ts'

/** Does what the items do besides their rows, which are written. @throws Conflict for what one of them cannot do */
export async function doBesides(trx: AuditedTransaction, items: readonly JobItem[]): Promise<void> {
  for (const {target, besides} of items) {
    if (!besides) continue
    const {does, steps} = besides
    try {
      await deeds[does].besides(trx, steps)
      await deeds[does].verify(trx.reader, steps)
    } catch (error) {
      throw ofOneAlone(error, target)
    }
  }
}

/**
 * What the server refuses there is one item's fault, and does not stop the others: whether the operator may work on the
 * job at all is looked at before it and at COMMIT. Without a cause, so that it counts as such.
 */
function ofOneAlone(error: unknown, target: string): unknown {
  if (!(error instanceof Error) || recoveryFrom(error) !== 'stop' || codeBehind(error) === undefined) return error
  return new Conflict(`${target}: the database refused: ${error.message}.`)
}
