import type {AuditedTransaction, Reader, Session} from '../../db/transaction.ts'
import type {Besides, DeedName} from '../../rules/deed.ts'
import type {Permission} from '../../rules/permissions.ts'
import type {RowChange} from '../plan.ts'
import {revocation} from '../staff/revocation.ts'

type Steps = Besides['steps']

/** What is done besides the rows of an item, whoever works it off. */
interface Deed {
  permission: Permission
  /** Whether the steps touch nothing but what these rows are about. */
  isAbout(rows: readonly RowChange[], steps: Steps): boolean
  /** Does them, in the transaction that wrote the rows. @throws Conflict */
  besides(trx: AuditedTransaction, steps: Steps): Promise<void>
  /** What must be true then. @throws Conflict */
  verify(db: Reader, steps: Steps): Promise<void>
  /**
   * What is left to do once all is committed; done again, it does no harm. Returns how many sessions it ended.
   * @throws PartlyDone
   */
  afterwards(session: Session, steps: Steps): Promise<number>
}

/** By the names under which jobs keep them. */
export const deeds: Readonly<Record<DeedName, Deed>> = {revocation}

/** Whether a job under this permission may do more than write rows. */
export function mayDoMore(permission: Permission): boolean {
  return Object.values(deeds).some((deed) => deed.permission === permission)
}
