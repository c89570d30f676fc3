import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {DatabaseState, ReplicaState} from '../queries/db/status.ts'

/** What a context names, as far as it has one. */
interface Replica extends Omit<ReplicaState, 'replica_state'> {
  replica: string | null
  replica_state: ReplicaState['replica_state'] | 'unreachable' | null
}

/** Where pm would work, as whom, and how well it stands there. */
export interface DatabaseStatus extends Omit<DatabaseState, 'position'>, Replica {
  context: string
  kind: string
  place: string
  /** Whether the connection is encrypted, and the server verified. */
  tls: boolean
  operator: string | null
  role: string | null
  /** Why the login is no operator here. */
  not_identified: string | null
  /** Null where pm is not set up. */
  enforced_by: 'database' | 'transaction' | null
}

export const databaseStatusView: View<DatabaseStatus> = {
  noun: 'database',
  plural: 'databases',
  name: 'context',
  fields: {
    context: {kind: 'text'},
    kind: {kind: 'text'},
    place: {kind: 'text'},
    server_version: {kind: 'text', header: 'PostgreSQL'},
    server_role: {
      kind: 'text',
      header: 'Server',
      values: ['primary', 'replica'],
      cell: (text) => (text === 'primary' ? text : {text: 'replica, takes no writes', tone: 'warn'}),
    },
    tls: {kind: 'boolean', header: 'TLS', cell: (tls) => (tls ? 'yes, the server is verified' : 'no, on this machine')},
    login: {kind: 'text'},
    operator: {kind: 'text', nullable: true},
    role: {kind: 'text', nullable: true},
    not_identified: {kind: 'text', nullable: true, header: 'Not identified', cell: (text) => ({text, tone: 'warn'})},
    enforced_by: {
      kind: 'text',
      nullable: true,
      values: ['database', 'transaction'],
      cell: (by) =>
        by === 'database' ? 'the database' : {text: 'pm’s own transaction alone, by a declared identity', tone: 'warn'},
    },
    guard: {
      kind: 'text',
      values: ['complete', 'incomplete', 'none'],
      cell: (text) => ({text, tone: text === 'incomplete' ? 'bad' : text === 'complete' ? 'good' : 'dim'}),
    },
    gaps: {kind: 'list', header: 'Gaps in the guard', cell: (gaps) => ({text: gaps.join(', ') || '-', tone: 'bad'})},
    migrations: {
      kind: 'list',
      nullable: true,
      header: 'Migration',
      cell: (names) => names.at(-1) ?? {text: 'none: pm is not set up', tone: 'warn'},
    },
    pending: {kind: 'list', nullable: true, cell: (names) => ({text: names.join(', '), tone: 'warn'})},
    replica: {kind: 'text', nullable: true},
    replica_state: {
      kind: 'text',
      nullable: true,
      header: 'Replica is',
      values: ['following', 'not a replica', 'unreachable'],
      cell: (text) => ({text, tone: text === 'following' ? 'good' : 'bad'}),
    },
    replica_lag_bytes: {kind: 'integer', nullable: true, header: 'Replica lags, bytes'},
    replica_lag_seconds: {kind: 'integer', nullable: true, header: 'Replica lags, seconds'},
  },
  table: ['context', 'place', 'server_version', 'login', 'operator', 'role', 'guard', 'pending'],
}

type Name = keyof DatabaseStatus & string

/** What `pm db status` shows a person: no line for what is not there. */
export function statusSections(status: DatabaseStatus): Section[] {
  const shown = (names: readonly Name[]) => fieldsSection(status, databaseStatusView, names)
  return [
    shown(['context', 'kind', 'place', 'server_version', 'server_role', 'tls']),
    shown(['login', ...present(status, ['operator', 'role', 'not_identified'])]),
    shown([...present(status, ['enforced_by', 'migrations', 'pending']), 'guard', ...present(status, ['gaps'])]),
    ...(status.replica === null
      ? []
      : [shown(['replica', ...present(status, ['replica_state', 'replica_lag_bytes', 'replica_lag_seconds'])])]),
  ]
}

function present(status: DatabaseStatus, names: readonly Name[]): Name[] {
  return names.filter((name) => {
    const value = status[name]
    return value !== null && !(Array.isArray(value) && value.length === 0 && name !== 'migrations')
  })
}
