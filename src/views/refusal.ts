import type {View} from '../output/view.ts'
import type {RefusalRow} from '../queries/audit/refusals.ts'

export const refusalView: View<RefusalRow> = {
  noun: 'refusal',
  plural: 'refusals',
  name: 'id',
  fields: {
    id: {kind: 'integer', header: 'Refusal'},
    made: {kind: 'timestamp'},
    by: {kind: 'text'},
    permission: {kind: 'text', header: 'Lacked'},
    command: {kind: 'text'},
    targets: {kind: 'list'},
  },
  table: ['id', 'made', 'by', 'permission', 'command'],
}
