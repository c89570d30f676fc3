import {unsetConfig} from '../../changes/config/set.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchConfig} from '../../queries/config/find.ts'

export default class ConfigUnset extends WriteCommand {
  static override permission = 'config.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take a configuration key away.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support_email',
    '<%= config.bin %> <%= command.id %> support_email --confirm support_email --reason "not used any more"',
  ]
  static override args = {key: argument({description: 'The key.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigUnset)
    const key = await this.given(args.key, 'key', searchConfig)
    await this.carryOut(unsetConfig, {key}, flags)
  }
}
