import * as Flags from '@oclif/core/flags'
import {createFlag} from '../../changes/flag/create.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {parseFlagKey} from '../../rules/flag-key.ts'

export default class FlagsCreate extends WriteCommand {
  static override permission = 'flags.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Create a feature flag, off unless told otherwise.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> inbox_v2 --description "The new inbox"',
    '<%= config.bin %> <%= command.id %> inbox_v2 --enabled --rollout 5 --reason "first tenants"',
  ]
  static override args = {key: argument({description: "The flag's key.", required: true})}
  static override flags = {
    description: Flags.string({helpValue: 'TEXT', description: 'What it switches.'}),
    enabled: Flags.boolean({default: false, description: 'Switch it on at once.'}),
    rollout: Flags.integer({
      min: 0,
      max: 100,
      default: 0,
      helpValue: 'PERCENT',
      description: 'The share of tenants that get it while it is on.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsCreate)
    const {description = null, enabled, rollout: percentage} = flags
    await this.carryOut(createFlag, {key: parseFlagKey(args.key ?? ''), description, enabled, percentage}, flags)
  }
}
