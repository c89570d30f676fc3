import type {Selectable} from 'kysely'
import type {PlansTable} from '../../db/schema/billing.ts'
import type {Reader} from '../../db/transaction.ts'

/** A plan with all its columns. */
export type PlanRow = Selectable<PlansTable>

/** The one choice of a plan's columns; list, show and writes share it. */
export function selectPlans(db: Reader) {
  return db.selectFrom('plans as p').selectAll('p')
}
