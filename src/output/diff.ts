import {type Paint, painter} from './colors.ts'
import {plainText} from './plain-text.ts'
import {sanitize} from './sanitize.ts'
import type {Style} from './style.ts'
import {displayWidth, padEnd, truncate, widest} from './text-width.ts'
import type {Tone} from './view.ts'

/** One column of a planned write: what stands there now, and what will. */
interface ColumnDiff {
  name: string
  before: unknown
  after: unknown
}

/** One row of a planned write. */
export interface RowDiff {
  label: string
  op: 'insert' | 'update' | 'delete'
  columns: readonly ColumnDiff[]
}

const signs: Readonly<Record<RowDiff['op'], {sign: string; tone: Tone}>> = {
  insert: {sign: '+', tone: 'good'},
  update: {sign: '~', tone: 'warn'},
  delete: {sign: '-', tone: 'bad'},
}

const longestLabel = 64
const longestValue = 60
const gap = '   '

/** What a write will do, a line a row, as its operator reads it before consenting, and how many `more` rows there are. */
export async function renderDiff(
  shown: readonly RowDiff[],
  style: Pick<Style, 'color' | 'width'>,
  {more = 0}: {more?: number} = {},
): Promise<string> {
  const paint = await painter(style.color)
  const labelWidth = Math.min(longestLabel, widest(shown.map(({label}) => sanitize(label))))
  const lines = shown.map((diff) => renderRow(diff, labelWidth, style.width, paint))
  return [...lines, ...(more > 0 ? [paint(`… and ${more.toLocaleString('en-US')} more`, 'dim')] : [])]
    .map((line) => `${line}\n`)
    .join('')
}

function renderRow({label, op, columns}: RowDiff, labelWidth: number, width: number, paint: Paint): string {
  const {sign, tone} = signs[op]
  const head = `${sign} ${sanitize(label)}`
  const changes = columns.map((column) => `${sanitize(column.name)}: ${change(column, op)}`)
  if (changes.length === 0) return paint(head, tone)
  const aligned = padEnd(head, labelWidth + 2)
  const rest = gap + changes.join(', ')
  if (displayWidth(aligned + rest) <= width) return paint(aligned, tone) + rest
  return [paint(head, tone), ...changes.map((text) => `    ${text}`)].join('\n')
}

function change({before, after}: ColumnDiff, op: RowDiff['op']): string {
  if (op === 'insert') return truncate(shownValue(after), longestValue)
  if (op === 'delete') return truncate(shownValue(before), longestValue)
  const [from, to] = fromDifference(shownValue(before), shownValue(after))
  return `${truncate(from, longestValue)} → ${truncate(to, longestValue)}`
}

function shownValue(value: unknown): string {
  if (value === undefined) return 'null'
  return value === '' ? '""' : sanitize(plainText(value))
}

/** Leaves the common beginning of two long values out, which otherwise would be all that is seen of both. */
function fromDifference(before: string, after: string): [string, string] {
  const lead = 10
  const letters = [...before]
  const others = [...after]
  const first = letters.findIndex((letter, index) => letter !== others[index])
  const start = (first < 0 ? letters.length : first) - lead
  if (Math.max(letters.length, others.length) <= longestValue || start <= 0) return [before, after]
  return [`…${letters.slice(start).join('')}`, `…${others.slice(start).join('')}`]
}
