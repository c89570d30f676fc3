import {argument, recordFlags} from '../../cli/options.ts'
import {RevealCommand, revealFlags} from '../../cli/reveal-command.ts'
import {getConfig, searchConfig} from '../../queries/config/find.ts'
import {configSections, configView} from '../../views/config.ts'

export default class ConfigGet extends RevealCommand {
  static override permission = 'config.read' as const
  static override output = {record: configView}
  static override summary = 'Show one configuration value; a sensitive one is masked unless it is revealed.'
  static override description =
    'With --reveal a sensitive value shows in clear. It needs a permission of its own, and every use is kept.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ip_max_domains -o json --fields value',
    '<%= config.bin %> <%= command.id %> smtp_relay --reveal --reason "relay moves, ticket 812"',
  ]
  static override args = {key: argument({description: 'The key.'})}
  static override flags = {...revealFlags, ...recordFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigGet)
    const key = await this.given(args.key, 'key', searchConfig)
    const masked = await this.read((db) => getConfig(db, key, {clear: false}))
    const revealing = {permission: 'config.reveal', targets: [`config:${key}`], reason: flags.reason} as const
    const config = flags.reveal ? await this.reveal(revealing, (db) => getConfig(db, key, {clear: true})) : masked
    await this.show(config, configView, configSections(config))
  }
}
