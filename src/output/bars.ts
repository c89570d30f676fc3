import {safeCell} from './cell.ts'
import type {Style} from './style.ts'
import {padEnd, widest} from './text-width.ts'
import type {Cell, Tone} from './view.ts'

/** A length with its label in front, and what it says behind. */
export interface Bar {
  label: string
  value: number
  max: number
  said: string
  tone?: Tone
}

const usualWidth = 20
// A shorter one shows no difference.
const leastWidth = 5
const gap = '  '

/** Bars under each other: as long as there is room for, else as words alone. */
export function barLines(
  bars: readonly Bar[],
  {ascii = false, plain = false, width: room}: Pick<Style, 'ascii' | 'plain' | 'width'>,
  paint: (cell: Cell) => string,
): string[] {
  const labels = bars.map(({label}) => safeCell({text: label}).text)
  const taken = widest(labels) + widest(bars.map(({said}) => said)) + 2 * gap.length
  const width = Math.min(usualWidth, room - taken)
  return bars.map(({value, max, said, tone}, index) => {
    const label = paint({text: padEnd(labels[index] ?? '', widest(labels)), tone: 'dim'})
    if (plain || width < leastWidth) return `${label}${gap}${said}`
    const drawn = bar(value, max, width, {ascii})
    return `${label}${gap}${paint({text: drawn, ...(tone && {tone})})}${gap}${said}`
  })
}

/** A bar of the given width, filled by how much of max is used; it is full only when max is reached. */
export function bar(value: number, max: number, width: number, {ascii = false}: {ascii?: boolean} = {}): string {
  const [full, free] = ascii ? ['#', '.'] : ['▓', '░']
  const filled = filledCells(value, max, width)
  return full.repeat(filled) + free.repeat(width - filled)
}

function filledCells(value: number, max: number, width: number): number {
  if (!(value > 0)) return 0
  if (value >= max) return width
  // What is used at all shows.
  return Math.max(1, Math.min(width - 1, Math.round((value / max) * width)))
}
