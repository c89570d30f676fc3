import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {listFallenGrounds} from '../../queries/job/fallen.ts'
import {selectPlans} from '../../queries/plan/columns.ts'
import {listOverLimit} from '../../queries/tenant/over-limit.ts'
import {describeExceeded, type ExceededLimit} from '../../rules/plan-limits.ts'
import type {Footing, PlanObstacle} from '../plan.ts'
import type {JobItem} from './item.ts'

/** Items that stand on what is not so any more, each with what it is, in a sentence. */
export type Fallen = ReadonlyMap<JobItem, string>

/**
 * Which items stand on what is not so any more. What they stand on is not locked: who deletes a tenant while this
 * transaction is under way has deleted it after the change.
 * @param counter as whom to count what plans limit; undefined where that was counted just now
 */
export async function listFallen(
  db: Reader,
  items: readonly JobItem[],
  counter: Pick<Operator, 'permissions'> | undefined,
): Promise<Fallen> {
  const all = (part: 'tenant' | 'user') => items.flatMap(({standsOn}) => standsOn?.[part] ?? [])
  const plans = footings(items, 'not sold').flatMap(({plan}) => plan ?? [])
  const grounds = await listFallenGrounds(db, {tenants: all('tenant'), users: all('user'), plans})
  const since: Since = {
    slugs: new Map(grounds.map(({id, slug}) => [id, slug])),
    over: counter ? await countAnew(db, items, counter) : new Map(),
  }
  return new Map(
    items.flatMap((item) => {
      const what = whatFell(item, since)
      return what === undefined ? [] : [[item, `${item.rows[0]?.label ?? item.target} is ${what}.`] as const]
    }),
  )
}

interface Since {
  /** By the ids of what has fallen. */
  slugs: ReadonlyMap<string, string | null>
  /** By the plan and the tenant. */
  over: ReadonlyMap<string, readonly ExceededLimit[]>
}

function whatFell({standsOn = {}}: JobItem, {slugs, over}: Since): string | undefined {
  const {tenant = '', user = '', plan = ''} = standsOn
  if (slugs.has(tenant)) return 'of a tenant deleted since it was planned'
  if (slugs.has(user)) return 'of a user deleted since it was planned'
  if (slugs.has(plan)) return `to change to ${slugs.get(plan) ?? plan}, which is not sold any more`
  const exceeded = over.get(`${plan} ${tenant}`)
  return exceeded && `beyond ${exceeded.map(describeExceeded).join(', ')} now`
}

/** What the items stand on for which this would be an obstacle. */
function footings(items: readonly JobItem[], obstacle: PlanObstacle): Footing[] {
  return items.flatMap(({standsOn}) => (standsOn && !standsOn.although?.includes(obstacle) ? standsOn : []))
}

async function countAnew(
  db: Reader,
  items: readonly JobItem[],
  counter: Pick<Operator, 'permissions'>,
): Promise<Since['over']> {
  const limited = footings(items, 'over limit').flatMap(({tenant, plan}) => (tenant && plan ? {tenant, plan} : []))
  const over = new Map<string, readonly ExceededLimit[]>()
  for (const [id, some] of Map.groupBy(limited, ({plan}) => plan)) {
    const limits = await selectPlans(db).where('id', '=', id).executeTakeFirst()
    if (!limits) continue
    const tenants = [...new Set(some.map(({tenant}) => tenant))]
    for (const [tenant, exceeded] of await listOverLimit(db, counter, tenants, limits))
      over.set(`${id} ${tenant}`, exceeded)
  }
  return over
}
