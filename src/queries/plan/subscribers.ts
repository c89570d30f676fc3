import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../../rules/subscription-status.ts'

/** How many are on a plan, will come to it, and will leave it, when their periods end. */
export interface Subscribers {
  subscribers: number
  arriving: number
  leaving: number
}

/** Counts live subscriptions; each count is answered by an index alone. */
export async function countSubscribers(db: Reader, planId: string): Promise<Subscribers> {
  const live = db.selectFrom('subscriptions').where('status', 'in', liveStatuses)
  const on = live.where('plan_id', '=', planId)
  return db
    .selectNoFrom((eb) => [
      on.select(eb.fn.countAll<number>().as('count')).$asScalar().$notNull().as('subscribers'),
      live
        .where('pending_plan_id', '=', planId)
        .select(eb.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('arriving'),
      on
        .where('pending_plan_id', 'is not', null)
        .where('pending_plan_id', '<>', planId)
        .select(eb.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('leaving'),
    ])
    .executeTakeFirstOrThrow()
}
