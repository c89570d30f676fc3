import type {Reader} from '../../db/transaction.ts'
import {mostCounted} from '../../rules/most-counted.ts'

/** How many subscriptions are to go from one plan to another when their periods end; null is no plan. */
export interface PlanFlow {
  from: string | null
  to: string
  subscriptions: number
}

/** The flows of so many, and whether there are more. */
export interface PendingFlows {
  flows: PlanFlow[]
  isPart: boolean
}

/** Where the subscriptions whose plan is to change go, the most first; of many, the oldest `mostCounted`. */
export async function pendingFlows(db: Reader): Promise<PendingFlows> {
  const looked = db
    .selectFrom('subscriptions')
    .where('pending_plan_id', 'is not', null)
    .select(['plan_id', 'pending_plan_id'])
    .limit(mostCounted + 1)
  // Counted by what the index holds: names are joined to a flow, not to each of its subscriptions.
  const counted = db
    .selectFrom(looked.as('looked'))
    .select((eb) => ['plan_id', 'pending_plan_id', eb.fn.countAll<number>().as('subscriptions')])
    .groupBy(['plan_id', 'pending_plan_id'])
  const flows = await db
    .selectFrom(counted.as('s'))
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .innerJoin('plans as n', 'n.id', 's.pending_plan_id')
    .select(['p.slug as from', 'n.slug as to', 's.subscriptions'])
    .orderBy('s.subscriptions', 'desc')
    .orderBy('p.slug')
    .orderBy('n.slug')
    .execute()
  const all = flows.reduce((sum, {subscriptions}) => sum + subscriptions, 0)
  return {flows, isPart: all > mostCounted}
}
