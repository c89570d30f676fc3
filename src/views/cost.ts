import {type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {CostRow} from '../queries/cost/by-group.ts'
import type {CostGroup} from '../rules/cost-group.ts'
import type {Dearest} from '../rules/dearest.ts'

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

/** So many are shown to people. */
export const mostShown = 50
const mostBars = 15

/**
 * What `pm cost` shows a person: the dearest in a table, and their share of the whole.
 * @param first of how many tenants, by name, where it is not all of them
 */
export function costSections({rows, count, total}: Dearest<CostRow>, by: CostGroup, first?: number): Section[] {
  const bars = rows.slice(0, mostBars).map(({name, cost}) => ({
    label: name,
    value: Number(cost),
    max: total,
    said: shareOf(cost, total),
    tone: 'info' as const,
  }))
  const rest = count - rows.length
  const more = `${rest.toLocaleString('en')} more: -o csv`
  return [
    tableSection(`${titleOf(by, first)}: ${total.toFixed(2)} in all`, rows, viewOf(by)),
    ...(rest > 0 ? [{lines: [{text: more, tone: 'dim' as const}]}] : []),
    ...(bars.length > 0 ? [{title: 'Share', bars}] : []),
  ]
}

function viewOf(by: CostGroup): typeof costView {
  const header = {region: 'Region', vps: 'VPS', tenant: 'Tenant'}[by]
  return {...costView, fields: {...costView.fields, name: {kind: 'text', header}}}
}

function shareOf(cost: string, total: number): string {
  return total > 0 ? `${cost} (${Math.round((Number(cost) / total) * 100)}%)` : cost
}

function titleOf(by: CostGroup, first: number | undefined): string {
  if (first !== undefined)
    return `Cost a month of the first ${first.toLocaleString('en')} tenants by name, and of what is idle`
  return `Cost a month by ${by === 'vps' ? 'VPS' : by}`
}
