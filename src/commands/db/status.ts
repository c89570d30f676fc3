import {PmCommand} from '../../cli/command.ts'
import {describePlace, describeServer} from '../../cli/contexts/context.ts'
import {recordFlags} from '../../cli/options.ts'
import {type DatabaseState, readReplica, readState, whoIsThere} from '../../queries/db/status.ts'
import {DatabaseUnreachable, NotIdentified} from '../../rules/errors.ts'
import {type DatabaseStatus, databaseStatusView, statusSections} from '../../views/db-status.ts'

type Who = Pick<DatabaseStatus, 'operator' | 'role' | 'not_identified'>
type ReplicaPart = Pick<DatabaseStatus, 'replica' | 'replica_state' | 'replica_lag_bytes' | 'replica_lag_seconds'>

export default class DbStatus extends PmCommand {
  static override permission = 'none' as const
  static override output = {record: databaseStatusView}
  static override summary = 'Show where pm works, as whom, how far it is set up, and what guards it.'
  static override description = 'Works also where pm is not set up yet, and for a login that is not enrolled.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context production -o json --fields pending,replica_lag_seconds',
  ]
  static override flags = recordFlags

  async run(): Promise<void> {
    await this.parse(DbStatus)
    const {name: context, kind, place, identity} = this.context
    const {position, ...state} = await this.look((db) => readState(db, identity))
    const status = {
      context,
      kind,
      place: describePlace(place),
      tls: place.type === 'server' && place.server.tls !== false,
      ...state,
      ...(await this.who(state.migrations)),
      enforced_by: enforcedBy(identity, state),
      ...(await this.replica(position)),
    }
    await this.show(status, databaseStatusView, statusSections(status))
    if (state.pending?.length) this.say(this.here('Bring the database up to date: pm db setup'))
    if (state.gaps.length > 0) this.say(this.here('The guard has gaps. See them: pm db check'))
  }

  /** Who the login is as an operator, or why it is none. */
  private async who(migrations: DatabaseState['migrations']): Promise<Who> {
    if (migrations?.length === 0) return {operator: null, role: null, not_identified: 'pm is not set up here.'}
    try {
      const {name, email, role} = await whoIsThere(await this.session())
      return {operator: name ?? email, role, not_identified: null}
    } catch (error) {
      if (error instanceof NotIdentified) return {operator: null, role: null, not_identified: error.message}
      throw error
    }
  }

  private async replica(position: number): Promise<ReplicaPart> {
    const {replica} = await this.session()
    const server = this.context.place.type === 'server' ? this.context.place.replica : undefined
    const none = {replica_lag_bytes: null, replica_lag_seconds: null}
    if (!replica || !server) return {replica: null, replica_state: null, ...none}
    const place = describeServer(server)
    try {
      return {replica: place, ...(await this.look((db) => readReplica(db, position), replica))}
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable)) throw error
      return {replica: place, replica_state: 'unreachable', ...none}
    }
  }
}

function enforcedBy(
  {kind}: {kind: 'session' | 'declared'},
  {guard, migrations}: Pick<DatabaseState, 'guard' | 'migrations'>,
): DatabaseStatus['enforced_by'] {
  if (migrations?.length === 0) return null
  if (kind === 'declared') return 'transaction'
  return guard === 'none' ? null : 'database'
}
