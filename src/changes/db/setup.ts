import {setUp} from '../../db/set-up.ts'
import type {Session} from '../../db/transaction.ts'
import type {SetupItem, SetupPlan} from '../../queries/db/setup-plan.ts'

/** Does what was planned, all of it or nothing. What somebody else did meanwhile is there already. */
export async function applySetup({primary, identity, limits}: Session, plan: SetupPlan): Promise<SetupItem[]> {
  const {policies} = plan
  const done = await setUp(primary.db, identity, {limits, policies})
  const applied = new Set([...done.migrations, ...done.permissions, ...done.roles, ...done.policies])
  return plan.items.map((item) => {
    if (item.state !== 'pending') return item
    return {...item, state: applied.has(item.item) ? 'applied' : 'already there'}
  })
}
