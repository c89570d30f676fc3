import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {permissionView} from './permission.ts'

/** The answer to whether an operator may. */
export interface Answer {
  permission: string
  allowed: boolean
  description: string
  /** The roles that have the permission. */
  roles: string[]
}

export const answerView: View<Answer> = {
  noun: 'answer',
  plural: 'answers',
  name: 'permission',
  fields: {
    permission: permissionView.fields.permission,
    allowed: {kind: 'boolean'},
    description: {kind: 'text', header: 'Allows to'},
    roles: {kind: 'list', header: 'Roles with it'},
  },
  table: ['permission', 'allowed', 'roles'],
}

/** What `pm can` says to a person. */
export function answerSections(answer: Answer, {name, role}: {name: string; role: string}): Section[] {
  const {permission, allowed} = answer
  return [
    {lines: [allowed ? `Yes: ${name} (${role}) has ${permission}.` : `No: ${name} (${role}) lacks ${permission}.`]},
    fieldsSection(answer, answerView, ['description', 'roles']),
  ]
}
