import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {configOrdering, listConfig} from '../../queries/config/list.ts'
import {listing} from '../../queries/paging.ts'
import {configView} from '../../views/config.ts'

export default class ConfigList extends PmCommand {
  static override permission = 'config.read' as const
  static override output = {list: configView}
  static override summary = 'List system configuration; sensitive values are masked.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --category smtp',
    '<%= config.bin %> <%= command.id %> --no-sensitive -o json',
  ]
  static override flags = {
    category: Flags.string({helpValue: 'CATEGORY', description: 'Only this category.'}),
    sensitive: Flags.boolean({allowNo: true, description: 'Only sensitive values; --no-sensitive for the others.'}),
    search: Flags.string({helpValue: 'TEXT', description: 'Only keys or descriptions that hold this.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(ConfigList)
    await this.list(
      configView,
      listing(configOrdering, (db) => listConfig(db, flags)),
    )
  }
}
