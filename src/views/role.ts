import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {RoleDetail} from '../queries/staff/role-detail.ts'
import type {RoleRow} from '../queries/staff/role-list.ts'
import {permissionsSection} from './permissions-section.ts'
import {recentChangeView} from './recent-change.ts'
import {staffView} from './staff.ts'

export const roleView: View<RoleRow> = {
  noun: 'role',
  plural: 'roles',
  name: 'name',
  fields: {
    name: {kind: 'text', header: 'Role'},
    description: {kind: 'text', nullable: true},
    people: {kind: 'integer'},
    permissions: {kind: 'list', cell: (names) => `${names.length}`},
    built_in: {kind: 'boolean'},
    created: {kind: 'timestamp', nullable: true},
    id: {kind: 'integer', header: 'ID'},
  },
  table: ['name', 'people', 'permissions', 'description'],
  wide: ['built_in', 'created', 'id'],
}

const holderView: View<RoleDetail['holders'][number]> = {
  noun: 'person',
  plural: 'people',
  name: 'email',
  fields: {
    email: staffView.fields.email,
    name: staffView.fields.name,
    login: staffView.fields.login,
    revoked: staffView.fields.revoked,
    user_id: staffView.fields.user_id,
  },
  table: ['email', 'name', 'login', 'revoked'],
}

export const roleDetailView: View<RoleDetail> = {
  ...roleView,
  fields: {
    ...roleView.fields,
    holders: {kind: 'json', rows: holderView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm staff role show` shows a person. */
export function roleSections(role: RoleDetail): Section[] {
  return [
    fieldsSection(role, roleDetailView, ['name', 'description', 'built_in', 'created']),
    permissionsSection(role.permissions),
    tableSection('People', role.holders, holderView),
    tableSection('Recent changes', role.changes, recentChangeView),
  ]
}
