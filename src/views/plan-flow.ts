import type {Section} from '../output/detail.ts'
import {flowsSection} from '../output/flows.ts'
import type {View} from '../output/view.ts'
import type {PlanFlow} from '../queries/plan/pending.ts'
import type {Here} from './here.ts'

export const planFlowView: View<PlanFlow> = {
  noun: 'change of plan',
  plural: 'changes of plan',
  name: 'to',
  fields: {
    from: {kind: 'text', nullable: true},
    to: {kind: 'text'},
    subscriptions: {kind: 'integer'},
  },
  table: ['from', 'to', 'subscriptions'],
}

/** What `pm plan pending` shows a person. */
export function planFlowSections(flows: readonly PlanFlow[], here: Here): Section[] {
  const all = flows.reduce((sum, {subscriptions}) => sum + subscriptions, 0)
  const title = `${all.toLocaleString('en')} ${all === 1 ? 'subscription changes' : 'subscriptions change'} when their periods end`
  if (all === 0) return [{lines: ['No subscription is to change its plan.']}]
  return [
    flowsSection(
      title,
      flows.map(({from, to, subscriptions}) => ({from, to, count: subscriptions})),
    ),
    {lines: [here('Which they are: pm subscription list --pending')]},
  ]
}
