import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

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

/** So many are looked at, the oldest subscriptions first. */
export const mostPending = 10_000

/** Where the subscriptions whose plan is to change go, the most first. */
export async function pendingFlows(db: Reader): Promise<PendingFlows> {
  const looked = db
    .selectFrom('subscriptions')
    .where('pending_plan_id', 'is not', null)
    .select(['plan_id', 'pending_plan_id'])
    .limit(mostPending + 1)
  const flows = await db
    .selectFrom(looked.as('s'))
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .innerJoin('plans as n', 'n.id', 's.pending_plan_id')
    .select((eb) => ['p.slug as from', 'n.slug as to', eb.fn.countAll<number>().as('subscriptions')])
    .groupBy(['p.slug', 'n.slug'])
    .orderBy(sql`3 desc, p.slug, n.slug`)
    .execute()
  const all = flows.reduce((sum, {subscriptions}) => sum + subscriptions, 0)
  return {flows, isPart: all > mostPending}
}
