import type {View} from '../output/view.ts'
import type {Hit} from '../queries/find/find.ts'

export const hitView: View<Hit> = {
  noun: 'hit',
  plural: 'hits',
  name: 'name',
  fields: {
    noun: {kind: 'text', header: 'What'},
    name: {kind: 'text', cell: (text) => ({text, tone: 'strong'})},
    what: {kind: 'text', header: 'Of', nullable: true},
    show: {kind: 'text', header: 'See it with'},
    exact: {kind: 'boolean'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['noun', 'name', 'what', 'show'],
}
