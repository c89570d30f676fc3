import type {View} from '../output/view.ts'
import type {Hit} from '../queries/find/find.ts'

// What a hit may be.
const nouns = [
  'tenant',
  'company',
  'domain',
  'IP',
  'VPS',
  'account',
  'campaign',
  'template',
  'user',
  'plan',
  'subscription',
  'customer',
  'payment',
  'flag',
  'config',
]

export const hitView: View<Hit> = {
  noun: 'hit',
  plural: 'hits',
  name: 'name',
  fields: {
    noun: {kind: 'text', header: 'What', values: nouns},
    name: {kind: 'text', cell: (text) => ({text, tone: 'strong'})},
    what: {kind: 'text', header: 'Of', nullable: true},
    show: {kind: 'text', header: 'See it with'},
    exact: {kind: 'boolean'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['noun', 'name', 'what', 'show'],
}
