import type {AuditedTransaction} from '../../db/transaction.ts'
import type {BulkPlan} from './bulk-plan.ts'
import {writePages} from './write-pages.ts'

/** What is said of a job besides its plan. */
export interface JobSettings {
  maxFailures: number
  /** Whether it gets more to do while it is worked on. */
  open?: boolean
}

/** Writes down a job and all that it is to do, as a part of the change that begins it. Returns the job's id. */
export async function beginJob(
  trx: AuditedTransaction,
  {maxFailures, open = false}: JobSettings,
  {headline, undoes, ...plan}: Pick<BulkPlan, 'headline' | 'items' | 'missed' | 'undoes'>,
): Promise<number> {
  const {id} = await trx.db
    .insertInto('pm.jobs')
    .values((eb) => ({
      change_id: trx.changeId,
      headline,
      max_failures: maxFailures,
      undo_of: undoes === undefined ? null : eb.selectFrom('pm.jobs').where('change_id', '=', undoes).select('id'),
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await writePages(trx, {id, from: 0, open}, plan)
  return id
}
