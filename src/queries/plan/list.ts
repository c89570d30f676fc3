import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'
import {selectPlans} from './columns.ts'

export const planOrdering: Ordering = {
  by: {slug: plainly, name: plainly, price_monthly: plainly, price_yearly: plainly, created: plainly},
  default: 'price_monthly',
  key: 'slug',
}

export interface PlanFilter {
  /** Only plans that are sold, or only those that are not. */
  active?: boolean | undefined
}

export function listPlans(db: Reader, {active}: PlanFilter) {
  const plans = selectPlans(db)
  return active === undefined ? plans : plans.where(sql<boolean>`p.is_active is ${sql.raw(active ? '' : 'not')} true`)
}
