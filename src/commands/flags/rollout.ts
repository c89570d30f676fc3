import {rollOutFlag} from '../../changes/flag/edit.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchFlags} from '../../queries/flag/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {parsePercentage} from '../../rules/flag-key.ts'

export default class FlagsRollout extends WriteCommand {
  static override permission = 'flags.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Set the share of tenants that get a feature flag while it is on.'
  static override description = 'Raising the share only adds tenants. Which ones: pm flags test KEY --tenant NAME.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor 50',
    '<%= config.bin %> <%= command.id %> new_editor 100 --reason "no complaints" --yes',
  ]
  static override args = {
    key: argument({description: "The flag's key."}),
    percent: argument({description: 'A whole number from 0 to 100.'}),
  }
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsRollout)
    const key = await this.given(args.key, 'flag', searchFlags)
    if (args.percent === undefined)
      throw new UsageError('To which share of tenants?', {hint: `pm flags rollout ${key} 50`})
    await this.carryOut(rollOutFlag, {key, percentage: parsePercentage(args.percent)}, flags)
  }
}
