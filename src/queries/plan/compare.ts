import {
  type PlanFeature,
  type PlanLimit,
  type PlanPrice,
  planFeatures,
  planLimits,
  planPrices,
} from '../../rules/plan-columns.ts'
import type {PlanRow} from './columns.ts'

/** One column of two plans side by side. */
export interface Comparison {
  column: PlanPrice | PlanLimit | PlanFeature
  first: number | boolean | null
  second: number | boolean | null
  differs: boolean
}

/** What two plans cost, limit and have. */
export function comparePlans(first: PlanRow, second: PlanRow): Comparison[] {
  const side = (column: Comparison['column'], [one, other]: readonly [Comparison['first'], Comparison['first']]) => ({
    column,
    first: one,
    second: other,
    differs: one !== other,
  })
  return [
    ...[...planPrices, ...planLimits].map((column) => side(column, [first[column], second[column]])),
    // A feature that nobody ever switched on or off is not there.
    ...planFeatures.map((column) => side(column, [first[column] ?? false, second[column] ?? false])),
  ]
}
