import {type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {CostRow} from '../queries/cost/by-group.ts'
import type {CostGroup} from '../rules/cost-group.ts'

export const costView: View<CostRow> = {
  noun: 'cost',
  plural: 'costs',
  name: 'name',
  fields: {
    name: {kind: 'text'},
    ips: {kind: 'integer', header: 'IPs'},
    domains: {kind: 'integer'},
    cost: {kind: 'decimal', header: 'Cost a month'},
  },
  table: ['name', 'ips', 'domains', 'cost'],
}

const shownBars = 15

/** What `pm cost` shows a person: the table, and each one's share of the whole. */
export function costSections(costs: readonly CostRow[], by: CostGroup): Section[] {
  const total = costs.reduce((sum, {cost}) => sum + Number(cost), 0)
  const bars = costs
    .slice(0, shownBars)
    .map(({name, cost}) => ({label: name, value: Number(cost), max: total, tone: 'info' as const}))
  return [tableSection(`Cost a month by ${by}: ${total.toFixed(2)} in all`, costs, costView), {title: 'Share', bars}]
}
