import * as Args from '@oclif/core/args'
import {PmCommand} from '../cli/command.ts'
import {shells} from '../cli/completion/reply.ts'
import {completionScript} from '../cli/completion/script.ts'
import {LeanConfig} from '../cli/project.ts'

export default class Completion extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Print what makes Tab complete pm in bash, zsh or fish.'
  static override description =
    'Tab completes commands, flags and their values, and the names of what the database has. Names are kept in the cache folder, where only you can read them, and are read anew in the background.'
  static override examples = [
    'source <(<%= config.bin %> <%= command.id %> bash)',
    'source <(<%= config.bin %> <%= command.id %> zsh)',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/pm.fish',
  ]
  static override args = {
    shell: Args.string({ignoreStdin: true, required: true, options: [...shells], description: 'Your shell.'}),
  }

  async run(): Promise<void> {
    const {args} = await this.parse(Completion)
    const shell = shells.find((known) => known === args.shell) ?? 'bash'
    await this.terminal.write(completionScript(shell, LeanConfig.of(this.config).project.root))
  }
}
