import type {Tone, View} from '../output/view.ts'
import type {RecordEdit} from '../rules/record-edit.ts'

const tones: Readonly<Record<RecordEdit['change'], Tone>> = {add: 'good', remove: 'bad', deployed: 'info'}

export const recordEditView: View<RecordEdit> = {
  noun: 'record',
  plural: 'records',
  name: 'host',
  fields: {
    change: {
      kind: 'text',
      values: ['add', 'remove', 'deployed'],
      cell: (text) => ({text, tone: tones[text]}),
    },
    type: {kind: 'text'},
    host: {kind: 'text'},
    ttl: {kind: 'integer', header: 'TTL', nullable: true},
    value: {kind: 'text'},
  },
  table: ['change', 'type', 'host', 'ttl', 'value'],
}
