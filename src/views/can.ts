import type {Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'

/** The answer to whether an operator may. */
export interface Answer {
  permission: string
  allowed: boolean
}

export const answerView: View<Answer> = {
  noun: 'answer',
  plural: 'answers',
  name: 'permission',
  fields: {permission: {kind: 'text'}, allowed: {kind: 'boolean'}},
  table: ['permission', 'allowed'],
}

/** What `pm can` says to a person. */
export function answerSections({permission, allowed}: Answer, who: {name: string; role: string}): Section[] {
  const {name, role} = who
  return [
    {lines: [allowed ? `Yes: ${name} (${role}) has ${permission}.` : `No: ${name} (${role}) lacks ${permission}.`]},
  ]
}
