import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import type {PlanRow} from './columns.ts'
import {getPlan} from './find.ts'
import {countSubscribers, type Subscribers} from './subscribers.ts'

/** Everything the database knows of one plan. */
export interface PlanDetail extends PlanRow, Subscribers {
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 10

/** @throws NotFound, Conflict */
export async function getPlanDetail(db: Reader, named: string): Promise<PlanDetail> {
  const plan = await getPlan(db, named)
  const changes = await listChangesOf(db, `plan:${plan.slug}`, recentChanges)
  return {
    ...plan,
    ...(await countSubscribers(db, plan.id)),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}
