import type {View} from '../output/view.ts'
import type {LeadRow} from '../queries/lead/list.ts'
import {leadTones, toned} from './toned.ts'

export const leadView: View<LeadRow> = {
  noun: 'lead',
  plural: 'leads',
  name: 'id',
  fields: {
    email: {kind: 'text', header: 'E-mail'},
    name: {kind: 'text', nullable: true},
    company: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, cell: toned(leadTones)},
    updated: {kind: 'timestamp', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['email', 'name', 'company', 'status', 'updated'],
}
