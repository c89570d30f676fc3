import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import type {PlanRow} from './columns.ts'
import {getPlan} from './find.ts'
import {estimateSubscribers, type Subscribers} from './subscribers.ts'

/** Everything the database knows of one plan. */
export interface PlanDetail extends PlanRow, Subscribers {
  /** Which of the counts of subscribers are estimates: those beyond 10,000. */
  estimated: (keyof Subscribers)[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 10

/** @throws NotFound, Conflict */
export async function getPlanDetail(db: Reader, named: string): Promise<PlanDetail> {
  const plan = await getPlan(db, named)
  const changes = await listChangesOf(db, `plan:${plan.slug}`, recentChanges)
  return {
    ...plan,
    ...(await estimateSubscribers(db, plan.id)),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}
