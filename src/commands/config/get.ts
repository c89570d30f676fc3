import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {getConfig, searchConfig} from '../../queries/config/find.ts'
import {configSections, configView} from '../../views/config.ts'

export default class ConfigGet extends PmCommand {
  static override permission = 'config.read' as const
  static override output = {record: configView}
  static override summary = 'Show one configuration value.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ip_max_domains',
    '<%= config.bin %> <%= command.id %> ip_max_domains -o json --fields value',
  ]
  static override args = {key: argument({description: 'The key.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(ConfigGet)
    const key = await this.given(args.key, 'key', searchConfig)
    const config = await this.read((db) => getConfig(db, key))
    await this.show(config, configView, configSections(config))
  }
}
