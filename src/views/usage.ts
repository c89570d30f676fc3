import type {Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {UsageRow} from '../queries/tenant/usage.ts'
import {countedLimits} from '../rules/plan-limits.ts'

export const usageView: View<UsageRow> = {
  noun: 'limit',
  plural: 'limits',
  name: 'limit',
  fields: {
    limit: {kind: 'text', values: countedLimits},
    what: {kind: 'text'},
    used: {kind: 'integer', nullable: true, none: 'not visible'},
    max: {kind: 'integer', nullable: true, none: 'no limit'},
  },
  table: ['what', 'used', 'max'],
}

/** Use against limits as bars; what the operator may not see is named. */
export function usageSection(title: string, rows: readonly UsageRow[]): Section {
  const bars = rows.flatMap(({what, used, max}) => (used === null ? [] : [{label: what, value: used, max}]))
  const unseen = rows.filter(({used}) => used === null).map(({what}) => what)
  const lines = unseen.length === 0 ? [] : [{text: `Not visible to you: ${unseen.join(', ')}.`, tone: 'dim' as const}]
  return {title, bars, lines}
}
