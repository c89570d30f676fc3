import type {View} from '../output/view.ts'
import type {ChangeRow} from '../queries/audit/list.ts'

export const changeView: View<ChangeRow> = {
  noun: 'change',
  plural: 'changes',
  name: 'id',
  fields: {
    id: {kind: 'integer', header: 'Change'},
    made: {kind: 'timestamp'},
    by: {kind: 'text'},
    role: {kind: 'text'},
    command: {kind: 'text'},
    targets: {kind: 'list'},
    rows: {kind: 'integer'},
    reason: {kind: 'text', nullable: true},
    undo_of: {kind: 'integer', header: 'Undo of', nullable: true},
    undone_by: {kind: 'integer', header: 'Undone by', nullable: true},
    partly_undone_by: {kind: 'integer', header: 'Partly undone by', nullable: true},
    permission: {kind: 'text'},
    enforced_by: {kind: 'text', header: 'Enforced by', values: ['database', 'transaction']},
  },
  table: ['id', 'made', 'by', 'command', 'rows', 'reason', 'undone_by'],
}
