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

/** A flow, or what arrives from wherever. */
type Way = Omit<Flow, 'from'> & Partial<Pick<Flow, 'from'>>

const shownFlows = 10

/** A section that is a migration. */
export function flowsSection(title: string, flows: readonly Flow[]): Section {
  return {title, table: async (style) => ({text: await renderFlows(flows, style), hidden: []})}
}

/** Many ways that lead to several places, by where they lead: who asks then asks who takes how many. Others as they are. */
export function gathered(flows: readonly Flow[]): readonly Way[] {
  const arriving = [...Map.groupBy(flows, ({to}) => to)]
  if (flows.length <= shownFlows || arriving.length === 1) return flows
  return arriving
    .map(([to, ways]) => ({to, count: ways.reduce((sum, {count}) => sum + count, 0)}))
    .toSorted((one, other) => other.count - one.count)
}

/** A migration: each way with its share of all. */
export async function renderFlows(flows: readonly Way[], style: Style): Promise<string> {
  const all = flows.reduce((sum, {count}) => sum + count, 0)
  const bars = flows.slice(0, shownFlows).map(({from, to, count}) => ({
    label: style.plain ? inWords(from, to) : `${from === undefined ? '' : `${from ?? '-'} `}→ ${to ?? '-'}`,
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

function inWords(from: Way['from'], to: Way['to']): string {
  return `${from === undefined ? '' : `from ${from ?? 'nothing'} `}to ${to ?? 'nothing'}`
}
