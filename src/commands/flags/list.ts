import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags as listOptions} from '../../cli/options.ts'
import {flagOrdering, listFlags} from '../../queries/flag/list.ts'
import {listing} from '../../queries/paging.ts'
import {flagView} from '../../views/flag.ts'

export default class FlagsList extends PmCommand {
  static override permission = 'flags.read' as const
  static override output = {list: flagView}
  static override ordering = flagOrdering
  static override summary = 'List feature flags.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --enabled',
    '<%= config.bin %> <%= command.id %> --search editor -o json',
  ]
  static override flags = {
    enabled: Flags.boolean({
      allowNo: true,
      description: 'Only flags that are on; --no-enabled for those that are off.',
    }),
    search: Flags.string({helpValue: 'TEXT', description: 'Only flags whose key or description holds this.'}),
    ...listOptions,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(FlagsList)
    await this.list(
      flagView,
      listing(flagOrdering, (db) => listFlags(db, flags)),
    )
  }
}
