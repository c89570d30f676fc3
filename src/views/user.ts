import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {UserRow} from '../queries/user/columns.ts'
import type {Membership, Preferences, UserDetail} from '../queries/user/detail.ts'
import {recentChangeView} from './recent-change.ts'

export const userView: View<UserRow> = {
  noun: 'user',
  plural: 'users',
  name: 'email',
  fields: {
    email: {kind: 'text', header: 'E-mail', nullable: true},
    name: {kind: 'text', nullable: true},
    tenants: {kind: 'integer'},
    staff: {kind: 'text', nullable: true, header: 'Staff role'},
    verified: {kind: 'timestamp', nullable: true, none: 'never'},
    created: {kind: 'timestamp', nullable: true},
    deleted: {kind: 'timestamp', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['email', 'name', 'tenants', 'staff', 'created', 'deleted'],
  wide: ['verified', 'id'],
}

const membershipView: View<Membership> = {
  noun: 'tenant',
  plural: 'tenants',
  name: 'tenant_id',
  fields: {
    tenant: {kind: 'text', nullable: true},
    roles: {kind: 'list'},
    joined: {kind: 'timestamp', nullable: true},
    left: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'ID'},
  },
  table: ['tenant', 'roles', 'joined', 'left'],
}

const preferencesView: View<Preferences> = {
  noun: 'preferences',
  plural: 'preferences',
  name: 'theme',
  fields: {
    theme: {kind: 'text', nullable: true},
    language: {kind: 'text', nullable: true},
    timezone: {kind: 'text', header: 'Time zone', nullable: true},
    email_notifications: {kind: 'boolean', header: 'E-mail notices', nullable: true},
    push_notifications: {kind: 'boolean', header: 'Push notices', nullable: true},
    weekly_reports: {kind: 'boolean', nullable: true},
    marketing_emails: {kind: 'boolean', header: 'Marketing e-mails', nullable: true},
  },
  table: ['theme', 'language', 'timezone', 'email_notifications'],
}

export const userDetailView: View<UserDetail> = {
  ...userView,
  fields: {
    ...userView.fields,
    given_name: {kind: 'text', nullable: true},
    family_name: {kind: 'text', nullable: true},
    picture: {kind: 'text', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    memberships: {kind: 'json', rows: membershipView},
    preferences: {kind: 'json', nullable: true, record: preferencesView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm user show` shows a person. */
export function userSections(user: UserDetail): Section[] {
  const deleted = user.deleted === null ? [] : (['deleted'] as const)
  return [
    fieldsSection(user, userDetailView, ['email', 'name', ...deleted, 'staff', 'verified', 'created', 'updated', 'id']),
    tableSection('Tenants', user.memberships, membershipView),
    user.preferences
      ? {title: 'Preferences', ...fieldsSection(user.preferences, preferencesView)}
      : tableSection('Preferences', [], preferencesView),
    tableSection('Recent changes', user.changes, recentChangeView),
  ]
}
