import * as Flags from '@oclif/core/flags'
import {setConfig} from '../../changes/config/set.ts'
import {parseJsonValue} from '../../cli/json-value.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {assertConfigValue, parseConfigKey} from '../../rules/config-key.ts'

export default class ConfigSet extends WriteCommand {
  static override permission = 'config.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Set a configuration value, given as JSON.'
  static override description =
    'A sensitive value is taken from stdin only: give - for it. It is masked everywhere, in the audit record too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ip_max_domains 15 --reason "ticket 812"',
    '<%= config.bin %> <%= command.id %> support_email \'"help@penguinmails.example"\' --category support',
    '<%= config.bin %> <%= command.id %> smtp_relay - --sensitive --yes < relay.json',
  ]
  static override args = {
    key: argument({description: 'The key.', required: true}),
    value: argument({description: 'The value as JSON; - reads it from stdin.', required: true}),
  }
  static override flags = {
    description: Flags.string({helpValue: 'TEXT', description: 'What it is for.'}),
    category: Flags.string({helpValue: 'NAME', description: 'What it belongs to.'}),
    sensitive: Flags.boolean({allowNo: true, description: 'Keep the value secret, or stop doing so (--no-sensitive).'}),
    ...writeFlags,
  }

  #value: string | undefined

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ConfigSet)
    this.#value = args.value
    const key = parseConfigKey(args.key ?? '')
    const inTheOpen = args.value !== '-'
    const text = inTheOpen ? (args.value ?? '') : await this.terminal.readInput()
    const value = parseJsonValue(text, inTheOpen ? 'The value' : 'stdin')
    assertConfigValue(key, value)
    await this.carryOut(setConfig, {...flags, key, value, inTheOpen}, flags)
  }

  // A value that is no secret today may be one tomorrow. The record has it in the row's image, which can be masked then.
  protected override get recordedLine(): string {
    return this.lineOf(this.argv.map((word) => (word === this.#value && word !== '-' ? 'VALUE' : word)))
  }
}
