import {barLines} from './bars.ts'
import type {Section} from './detail.ts'
import {cellPainter} from './paint-cell.ts'
import type {Style} from './style.ts'

/** How many go from where to where; null is from or to nothing. */
export interface Flow {
  from: string | null
  to: string | null
  count: number
}

const shownFlows = 10

/** A section that is a migration. */
export function flowsSection(title: string, flows: readonly Flow[]): Section {
  return {title, table: async (style) => ({text: await renderFlows(flows, style), hidden: []})}
}

/** A migration: each way with its share of all. */
export async function renderFlows(flows: readonly Flow[], style: Style): Promise<string> {
  const all = flows.reduce((sum, {count}) => sum + count, 0)
  const bars = flows.slice(0, shownFlows).map(({from, to, count}) => ({
    label: style.plain ? `from ${from ?? 'nothing'} to ${to ?? 'nothing'}` : `${from ?? '-'} → ${to ?? '-'}`,
    value: count,
    max: all,
    said: count.toLocaleString('en'),
    tone: 'info' as const,
  }))
  const more = flows.length - bars.length
  const lines = barLines(bars, style, await cellPainter(style))
  return [...lines, ...(more > 0 ? [`… and ${more.toLocaleString('en')} more ways`] : [])]
    .map((line) => `${line}\n`)
    .join('')
}
