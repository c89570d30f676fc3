import type {Section} from './detail.ts'
import {cellPainter} from './paint-cell.ts'
import {sanitize} from './sanitize.ts'
import type {Style} from './style.ts'
import {displayWidth, padEnd, widest} from './text-width.ts'
import {showTime} from './time.ts'
import type {Clock, Tone} from './view.ts'
import {wrap} from './wrap.ts'

/** That something became so, at a moment as ISO 8601 tells it; null: before all that is known. */
export interface Step {
  level: string
  since: string | null
}

/** How something went up and down. */
export interface Steps {
  /** From the best to the worst. */
  levels: readonly string[]
  tones: Readonly<Record<string, Tone>>
  /** The oldest first. */
  steps: readonly Step[]
}

const mostColumns = 60
const leastColumns = 8
const gap = '  '
/** How much of the drawing shows what was before the first step that is known. */
const before = 0.2

/** A section that is a drawing of steps over time: a line for each level that occurs. Nothing, for fewer than two. */
export function stepsSection(title: string, chart: Steps): Section[] {
  if (chart.steps.length < 2) return []
  return [{title, table: async (style) => ({text: `${(await drawSteps(chart, style)).join('\n')}\n`, hidden: []})}]
}

/** The drawing itself; where there is no room for it, or no drawing wanted, the same in words. */
export async function drawSteps({levels, tones, steps}: Steps, style: Style): Promise<string[]> {
  const shown = levels.filter((level) => steps.some((step) => step.level === level))
  const names = shown.map((level) => sanitize(level))
  const columns = Math.min(mostColumns, style.width - widest(names) - gap.length)
  if (style.plain || columns < leastColumns) return wrap(inWords(steps, style.clock), style.width)
  const paint = await cellPainter(style)
  const at = columnsOf(steps, columns, style.clock.now)
  const lines = shown.map((level, row) => {
    const drawn = at.map((held) => (held === level ? '▓' : '░')).join('')
    const tone = tones[level]
    return `${padEnd(names[row] ?? '', widest(names))}${gap}${paint({text: drawn, ...(tone && {tone})})}`
  })
  return [...lines, ' '.repeat(widest(names) + gap.length) + axis(steps, columns, style.clock)]
}

function inWords(steps: readonly Step[], clock: Clock): string {
  const words = steps.map(({level, since}) => (since === null ? level : `${level} since ${showTime(since, clock)}`))
  return `${words.join(', then ')}.`
}

/** The level at each column. The first step that is known has some columns in front of it; each shows at least once. */
function columnsOf(steps: readonly Step[], columns: number, now: Date): string[] {
  const starts = startsOf(steps, columns, now)
  return Array.from(
    {length: columns},
    (_, column) => steps[starts.findLastIndex((start) => start <= column)]?.level ?? '',
  )
}

function startsOf(steps: readonly Step[], columns: number, now: Date): number[] {
  const lead = steps[0]?.since === null ? Math.round(columns * before) : 0
  const first = timeOf(steps.find(({since}) => since !== null))
  const span = Math.max(1, now.getTime() - first)
  const starts: number[] = []
  for (const [index, step] of steps.entries()) {
    const wanted = step.since === null ? 0 : lead + Math.floor(((timeOf(step) - first) / span) * (columns - lead))
    const left = steps.length - 1 - index
    starts.push(Math.min(Math.max(wanted, (starts.at(-1) ?? -1) + 1), columns - 1 - left))
  }
  return starts
}

function timeOf(step: Step | undefined): number {
  return Date.parse(step?.since ?? '')
}

/** Under the drawing: when the first known step was, and that it ends now. */
function axis(steps: readonly Step[], columns: number, clock: Clock): string {
  const lead = steps[0]?.since === null ? Math.round(columns * before) : 0
  const first = showTime(steps.find(({since}) => since !== null)?.since ?? '', clock)
  const room = columns - lead - displayWidth(first) - 'now'.length
  return room < 1 ? first : `${' '.repeat(lead)}${first}${' '.repeat(room)}now`
}
