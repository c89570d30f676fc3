import {switchFlag} from '../../changes/flag/edit.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchFlags} from '../../queries/flag/find.ts'

export default class FlagsDisable extends WriteCommand {
  static override permission = 'flags.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Switch a feature flag off, for everybody.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor',
    '<%= config.bin %> <%= command.id %> new_editor --reason "breaks the inbox" --yes',
  ]
  static override args = {key: argument({description: "The flag's key."})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsDisable)
    const key = await this.given(args.key, 'flag', searchFlags)
    await this.carryOut(switchFlag, {key, on: false}, flags)
  }
}
