import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {listing} from '../../queries/paging.ts'
import {listVps, vpsOrdering} from '../../queries/vps/list.ts'
import {vpsStatuses} from '../../rules/vps-lifecycle.ts'
import {vpsView} from '../../views/vps.ts'

export default class VpsList extends PmCommand {
  static override permission = 'vps.read' as const
  static override output = {list: vpsView}
  static override ordering = vpsOrdering
  static override summary = 'List VPS instances with what they carry and cost.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --region us-east',
    '<%= config.bin %> <%= command.id %> --status scheduled_decommission -o json',
  ]
  static override flags = {
    status: Flags.option({
      options: vpsStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only instances in these states: ${vpsStatuses.join(', ')}.`,
    }),
    region: Flags.string({helpValue: 'REGION', description: 'Only instances in this region.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(VpsList)
    await this.list(
      vpsView,
      listing(vpsOrdering, (db) => listVps(db, flags)),
    )
  }
}
