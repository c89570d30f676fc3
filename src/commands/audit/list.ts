import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {parseMoment} from '../../cli/moment.ts'
import {listFlags} from '../../cli/options.ts'
import {changeOrdering, listChanges} from '../../queries/audit/list.ts'
import {listing} from '../../queries/paging.ts'
import {changeView} from '../../views/change.ts'

export default class AuditList extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {list: changeView}
  static override ordering = changeOrdering
  static override summary = 'List the changes operators made, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --target 203.0.113.24',
    '<%= config.bin %> <%= command.id %> --by ada@penguinmails.example --since 2d',
    '<%= config.bin %> <%= command.id %> --command "ip quarantine" -o json',
  ]
  static override flags = {
    target: Flags.string({
      helpValue: 'NAME',
      description: 'Only changes that touched this: 203.0.113.24, or domain:acme.example.',
    }),
    by: Flags.string({helpValue: 'WHO', description: 'Only changes of this operator, by e-mail or login.'}),
    since: Flags.string({helpValue: 'WHEN', description: 'Only changes since then: 90m, 12h, 2d, or a date.'}),
    command: Flags.string({helpValue: 'TEXT', description: 'Only changes by commands that begin so.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AuditList)
    const since = flags.since === undefined ? undefined : parseMoment(flags.since, this.around.now())
    await this.list(
      changeView,
      listing(changeOrdering, (db) => listChanges(db, {...flags, since})),
    )
  }
}
