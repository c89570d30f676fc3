import type {Tone, View} from '../output/view.ts'
import type {Finding} from '../queries/db/check.ts'

const tones: Readonly<Record<Finding['finding'], Tone>> = {
  missing: 'bad',
  differs: 'warn',
  unexpected: 'warn',
  raises: 'bad',
  unsafe: 'bad',
}

export const findingView: View<Finding> = {
  noun: 'finding',
  plural: 'findings',
  name: 'object',
  fields: {
    kind: {kind: 'text'},
    object: {kind: 'text'},
    finding: {kind: 'text', values: Object.keys(tones), cell: (text) => ({text, tone: tones[text]})},
    expected: {kind: 'text', nullable: true},
    found: {kind: 'text', nullable: true},
    hint: {kind: 'text'},
  },
  table: ['kind', 'object', 'finding', 'expected', 'found', 'hint'],
}
