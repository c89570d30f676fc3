import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {permissionNames} from '../rules/permissions.ts'

/** Who is operating, where, and what they may do. */
export interface Whoami {
  login: string
  name: string | null
  email: string | null
  /** Null for an owner of the database who is not staff. */
  user_id: string | null
  role: string
  permissions: readonly string[]
  enforced_by: 'database' | 'transaction'
  context: string
  kind: string
  place: string
}

export const whoamiView: View<Whoami> = {
  noun: 'operator',
  plural: 'operators',
  name: 'login',
  fields: {
    login: {kind: 'text'},
    name: {kind: 'text', nullable: true},
    email: {kind: 'text', header: 'E-mail', nullable: true},
    user_id: {kind: 'text', header: 'User ID', nullable: true},
    role: {kind: 'text'},
    permissions: {kind: 'list'},
    enforced_by: {
      kind: 'text',
      header: 'Enforced by',
      values: ['database', 'transaction'],
      cell: (by) => (by === 'database' ? {text: 'the database'} : {text: 'pm alone (identity declared)', tone: 'warn'}),
    },
    context: {kind: 'text'},
    kind: {kind: 'text'},
    place: {kind: 'text'},
  },
  table: ['login', 'name', 'role', 'context'],
}

/** What `pm whoami` shows a person. */
export function whoamiSections(who: Whoami): Section[] {
  return [
    fieldsSection(who, whoamiView, ['login', 'name', 'email', 'role', 'enforced_by', 'context', 'kind', 'place']),
    tableSection('Permissions', byTopic(who.permissions), topicView),
  ]
}

/** The acts of one topic that are permitted, and those that are not. */
interface TopicPermissions {
  topic: string
  may: string[]
  may_not: string[]
}

const topicView: View<TopicPermissions> = {
  noun: 'topic',
  plural: 'topics',
  name: 'topic',
  fields: {
    topic: {kind: 'text'},
    may: {kind: 'list', cell: (acts) => (acts.length > 0 ? acts.join(', ') : {text: '-', tone: 'dim'})},
    may_not: {kind: 'list', header: 'May not', cell: (acts) => ({text: acts.join(', '), tone: 'dim'})},
  },
  table: ['topic', 'may', 'may_not'],
}

// A database may know permissions that this version of pm does not.
function byTopic(held: readonly string[]): TopicPermissions[] {
  const names = [...new Set([...permissionNames, ...held])]
  const topics = [...new Set(names.map((name) => name.split('.')[0] ?? name))]
  return topics.map((topic) => {
    const own = names.filter((name) => name.startsWith(`${topic}.`))
    const act = (name: string) => name.slice(topic.length + 1)
    return {
      topic,
      may: own.filter((name) => held.includes(name)).map(act),
      may_not: own.filter((name) => !held.includes(name)).map(act),
    }
  })
}
