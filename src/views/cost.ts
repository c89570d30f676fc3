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

const shownRows = 50
const shownBars = 15

/** What `pm cost` shows a person: the dearest in a table, and their share of the whole. */
export function costSections(costs: readonly CostRow[], by: CostGroup): Section[] {
  const total = costs.reduce((sum, {cost}) => sum + Number(cost), 0)
  const bars = costs
    .slice(0, shownBars)
    .map(({name, cost}) => ({label: name, value: Number(cost), max: total, tone: 'info' as const}))
  const title = `Cost a month by ${by === 'vps' ? 'VPS' : by}: ${total.toFixed(2)} in all`
  const rest = costs.length - shownRows
  const more = `${rest.toLocaleString('en')} more: -o csv`
  return [
    tableSection(title, costs.slice(0, shownRows), costView),
    ...(rest > 0 ? [{lines: [{text: more, tone: 'dim' as const}]}] : []),
    {title: 'Share', bars},
  ]
}
