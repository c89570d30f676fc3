import type {Change} from '../plan.ts'
import {assertAdminStays, verifyAdminStays} from './last-admin.ts'
import {assertNotOwn} from './own-place.ts'

/** A change of the staff: never of oneself, and never of the last who could take it back. */
export function staffChange<Input, Effect extends object = never>(
  change: Omit<Change<Input, Effect>, 'permission'>,
): Change<Input, Effect> {
  return {
    ...change,
    permission: 'staff.write',
    plan: async (db, input, operator) => {
      const plan = await change.plan(db, input, operator)
      await assertNotOwn(db, operator, plan.rows)
      await assertAdminStays(db, plan.rows)
      return plan
    },
    verify: async (db, plan) => {
      await change.verify?.(db, plan)
      await verifyAdminStays(db, plan)
    },
  }
}
