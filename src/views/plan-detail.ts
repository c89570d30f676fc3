import {labelOf} from '../output/cell.ts'
import {fieldsSection, type Pair, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {PlanDetail} from '../queries/plan/detail.ts'
import type {Subscribers} from '../queries/plan/subscribers.ts'
import {planFeatures, planLimits} from '../rules/plan-columns.ts'
import type {LiveProduct} from '../stripe/live-product.ts'
import {liveProductSections, liveProductView} from './live-product.ts'
import {planView} from './plan.ts'
import {recentChangeView} from './recent-change.ts'
import type {Linked} from './stripe-link.ts'

/** A plan with all that is known of it; `stripe` is what Stripe says, null where it was not asked or did not answer. */
export interface ShownPlanDetail extends PlanDetail, Linked {
  stripe: LiveProduct | null
}

export const planDetailView: View<ShownPlanDetail> = {
  ...planView,
  fields: {
    ...planView.fields,
    subscribers: {kind: 'integer'},
    arriving: {kind: 'integer'},
    leaving: {kind: 'integer'},
    estimated: {kind: 'list'},
    changes: {kind: 'json', rows: recentChangeView},
    stripe: {kind: 'json', nullable: true, record: liveProductView},
  },
}

/** What `pm plan show` shows a person. */
export function planSections(plan: ShownPlanDetail): Section[] {
  const shown = (names: readonly (keyof ShownPlanDetail & string)[]) => fieldsSection(plan, planDetailView, names)
  return [
    shown(['slug', 'name', 'is_active', 'description', 'notes', 'stripe_url', 'created', 'updated']),
    {title: 'Prices', ...shown(['price_monthly', 'price_yearly'])},
    {title: 'Limits', ...shown(planLimits)},
    {title: 'Features', ...shown(planFeatures)},
    {title: 'Subscribers', pairs: [count(plan, 'subscribers'), count(plan, 'arriving'), count(plan, 'leaving')]},
    ...(plan.stripe ? liveProductSections(plan.stripe) : []),
    tableSection('Recent changes', plan.changes, recentChangeView),
  ]
}

function count(plan: ShownPlanDetail, name: keyof Subscribers): Pair {
  const words = plan[name].toLocaleString('en')
  return [labelOf(name, planDetailView), plan.estimated.includes(name) ? `about ${words}` : words]
}
