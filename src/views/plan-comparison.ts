import {type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {Comparison} from '../queries/plan/compare.ts'
import {major} from '../rules/money.ts'
import {planFeatures, planLimits, planPrices, planWords} from '../rules/plan-columns.ts'

export const comparisonView: View<Comparison> = {
  noun: 'column',
  plural: 'columns',
  name: 'column',
  fields: {
    column: {kind: 'text', values: [...planPrices, ...planLimits, ...planFeatures]},
    first: {kind: 'json', nullable: true},
    second: {kind: 'json', nullable: true},
    differs: {kind: 'boolean'},
  },
  table: ['column', 'first', 'second', 'differs'],
}

interface Worded {
  what: string
  first: string
  second: string
  differs: string
}

/** Two plans side by side for a person; what differs is marked. */
export function comparisonSections(rows: readonly Comparison[], names: readonly [string, string]): Section[] {
  return [tableSection(`${names[0]} and ${names[1]}`, rows.map(worded), wordedView(names))]
}

function worded({column, first, second, differs}: Comparison): Worded {
  const word = planPrices.some((price) => price === column) ? priceWord : limitWord
  return {what: planWords[column], first: word(first), second: word(second), differs: differs ? '≠' : ''}
}

function priceWord(price: number | boolean | null): string {
  return typeof price === 'number' ? major(price) : 'no price'
}

function limitWord(limit: number | boolean | null): string {
  if (limit === null) return 'no limit'
  if (typeof limit === 'boolean') return limit ? 'yes' : 'no'
  return limit.toLocaleString('en')
}

function wordedView([first, second]: readonly [string, string]): View<Worded> {
  return {
    noun: 'column',
    plural: 'columns',
    name: 'what',
    fields: {
      what: {kind: 'text', header: ' '},
      first: {kind: 'text', header: first},
      second: {kind: 'text', header: second},
      differs: {kind: 'text', header: ' ', cell: (text) => ({text, tone: 'warn'})},
    },
    table: ['what', 'first', 'differs', 'second'],
  }
}
