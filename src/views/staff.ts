import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {StaffDetail} from '../queries/staff/detail.ts'
import type {StaffRow} from '../queries/staff/list.ts'
import {permissionsSection} from './permissions-section.ts'
import {recentChangeView} from './recent-change.ts'

export const staffView: View<StaffRow> = {
  noun: 'staff member',
  plural: 'staff',
  name: 'email',
  fields: {
    email: {kind: 'text', header: 'E-mail', nullable: true},
    name: {kind: 'text', nullable: true},
    role: {kind: 'text', nullable: true, none: 'no role', cell: (role) => ({text: role, tone: 'strong'})},
    login: {kind: 'text', nullable: true, none: 'no login'},
    revoked: {kind: 'timestamp', nullable: true},
    since: {kind: 'timestamp', nullable: true, header: 'Joined', none: 'not on the staff'},
    enrolled: {kind: 'timestamp', nullable: true},
    on_staff: {kind: 'boolean', header: 'On the staff'},
    notes: {kind: 'text', nullable: true},
    user_id: {kind: 'text', header: 'User ID'},
  },
  table: ['email', 'name', 'role', 'login', 'revoked'],
  wide: ['since', 'enrolled', 'notes', 'user_id'],
}

export const staffDetailView: View<StaffDetail> = {
  ...staffView,
  fields: {
    ...staffView.fields,
    permissions: {kind: 'list'},
    done: {kind: 'json', rows: recentChangeView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm staff show` shows a person. */
export function staffSections(member: StaffDetail): Section[] {
  const revoked = member.revoked === null ? [] : (['revoked'] as const)
  return [
    fieldsSection(member, staffDetailView, [
      'email',
      'name',
      'role',
      'since',
      'login',
      'enrolled',
      ...revoked,
      'notes',
      'user_id',
    ]),
    permissionsSection(member.permissions),
    tableSection('Did last', member.done, recentChangeView, ['id', 'made', 'command']),
    tableSection('Changes of their place and login', member.changes, recentChangeView),
  ]
}
