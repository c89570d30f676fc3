import {type Section, tableSection} from '../output/detail.ts'
import type {Tone, View} from '../output/view.ts'
import type {StatusCount} from '../queries/tenant/by-status.ts'

export const statusCountView: View<StatusCount> = {
  noun: 'state',
  plural: 'states',
  name: 'status',
  fields: {status: {kind: 'text', nullable: true}, count: {kind: 'integer'}},
  table: ['status', 'count'],
}

/** How many there are in each state, as bars of the whole. */
export function statusBars(
  title: string,
  plural: string,
  counts: readonly StatusCount[],
  tones: Readonly<Record<string, Tone>>,
): Section {
  const total = counts.reduce((sum, {count}) => sum + count, 0)
  if (total === 0) return tableSection(title, [], {...statusCountView, plural})
  const bars = counts.map(({status, count}) => ({
    label: status ?? 'no state',
    value: count,
    max: total,
    tone: tones[status ?? ''] ?? ('info' as const),
  }))
  return {title: `${title}: ${total.toLocaleString('en')}`, bars}
}
