import type {Reader} from '../../db/transaction.ts'
import {liveStatuses} from '../../rules/subscription-status.ts'
import {countOrEstimate} from '../count.ts'

/** How many are on a plan, will come to it, and will leave it, when their periods end. */
export interface Subscribers {
  subscribers: number
  arriving: number
  leaving: number
}

const counts = ['subscribers', 'arriving', 'leaving'] as const

/** Counts live subscriptions; each count is answered by an index alone. */
export async function countSubscribers(db: Reader, planId: string): Promise<Subscribers> {
  const {subscribers, arriving, leaving} = subscriptionsOf(db, planId)
  return db
    .selectNoFrom((eb) => [
      eb
        .selectFrom(subscribers.as('s'))
        .select(eb.fn.countAll<number>().as('n'))
        .$asScalar()
        .$notNull()
        .as('subscribers'),
      eb.selectFrom(arriving.as('s')).select(eb.fn.countAll<number>().as('n')).$asScalar().$notNull().as('arriving'),
      eb.selectFrom(leaving.as('s')).select(eb.fn.countAll<number>().as('n')).$asScalar().$notNull().as('leaving'),
    ])
    .executeTakeFirstOrThrow()
}

/** The same for whoever only looks: many are estimated, and `estimated` says which counts are. */
export async function estimateSubscribers(db: Reader, planId: string) {
  const of = subscriptionsOf(db, planId)
  const found = {
    subscribers: await countOrEstimate(db, of.subscribers),
    arriving: await countOrEstimate(db, of.arriving),
    leaving: await countOrEstimate(db, of.leaving),
  }
  return {
    subscribers: found.subscribers.count,
    arriving: found.arriving.count,
    leaving: found.leaving.count,
    estimated: counts.filter((name) => found[name].isEstimate),
  }
}

function subscriptionsOf(db: Reader, planId: string) {
  const live = db.selectFrom('subscriptions').where('status', 'in', liveStatuses)
  const on = live.where('plan_id', '=', planId)
  return {
    subscribers: on.select('id'),
    arriving: live.where('pending_plan_id', '=', planId).select('id'),
    leaving: on.where('pending_plan_id', 'is not', null).where('pending_plan_id', '<>', planId).select('id'),
  }
}
