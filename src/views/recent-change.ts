import type {View} from '../output/view.ts'
import type {ChangeRow} from '../queries/audit/list.ts'
import {changeView} from './change.ts'

/** A change as the page of what it changed tells it. */
export type RecentChange = Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>

export const recentChangeView: View<RecentChange> = {
  noun: 'change',
  plural: 'changes',
  name: 'id',
  fields: {
    id: changeView.fields.id,
    made: changeView.fields.made,
    by: changeView.fields.by,
    command: changeView.fields.command,
  },
  table: ['id', 'made', 'by', 'command'],
}
