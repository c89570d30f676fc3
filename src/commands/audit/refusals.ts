import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {parseMoment} from '../../cli/moment.ts'
import {listFlags} from '../../cli/options.ts'
import {parsePermission} from '../../cli/permission-name.ts'
import {listRefusals, refusalOrdering, refusedBy} from '../../queries/audit/refusals.ts'
import {listing} from '../../queries/paging.ts'
import {refusalView} from '../../views/refusal.ts'

export default class AuditRefusals extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {list: refusalView}
  static override summary = 'List what operators tried without the permission, newest first.'
  static override description =
    'A refusal changed nothing. Most come before pm has looked up what the command would touch; where it had, the targets say it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --since 2d',
    '<%= config.bin %> <%= command.id %> --by sue@penguinmails.example --permission lead.reveal',
  ]
  static override flags = {
    by: Flags.string({helpValue: 'WHO', description: 'Only refusals of this operator, by e-mail or login.'}),
    since: Flags.string({helpValue: 'WHEN', description: 'Only refusals since then: 90m, 12h, 2d, or a date.'}),
    permission: Flags.string({
      helpValue: 'NAME',
      description: 'Only those that lacked this permission, such as lead.reveal.',
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AuditRefusals)
    const {by} = flags
    const filter = {
      by: by === undefined ? undefined : await this.read((db) => refusedBy(db, by)),
      since: flags.since === undefined ? undefined : parseMoment(flags.since, this.around.now()),
      permission: flags.permission === undefined ? undefined : parsePermission(flags.permission),
    }
    await this.list(
      refusalView,
      listing(refusalOrdering, (db) => listRefusals(db, filter)),
    )
  }
}
