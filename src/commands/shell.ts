import {createInterface} from 'node:readline'
import {canAsk} from '../cli/ask.ts'
import {PmCommand} from '../cli/command.ts'
import {cachedNames} from '../cli/completion/cached-names.ts'
import {readCommandTable} from '../cli/completion/known.ts'
import {LeanConfig} from '../cli/project.ts'
import {interact} from '../cli/shell/interact.ts'
import {LineShell, type ShellPlace} from '../cli/shell/line-shell.ts'
import {styleFor} from '../cli/style.ts'
import {UsageError} from '../rules/errors.ts'

export default class Shell extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Type commands without pm in front, over one open connection.'
  static override description =
    'Quotes work as in any shell, and nothing is expanded. “use tenant acme” makes a tenant the one that show, domain list and others are about; “use context staging” goes elsewhere; “use none” forgets. Ctrl-C stops a command, exit or Ctrl-D leaves. Off a terminal the lines of stdin are run one after the other, until one fails.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context staging',
    '<%= config.bin %> <%= command.id %> < lines.txt',
  ]

  async run(): Promise<void> {
    const {flags} = await this.parse(Shell)
    const place = this.place(flags['no-input'])
    const shell = new LineShell(place)
    try {
      if (canAsk(this.terminal, flags['no-input'])) await this.talk(shell, place)
      else await this.follow(shell)
    } finally {
      await shell.close()
    }
  }

  private place(noInput: boolean | undefined): ShellPlace {
    const {project} = LeanConfig.of(this.config)
    const env = noInput ? {...this.around.env, PM_NO_INPUT: '1'} : this.around.env
    const around = {...this.around, env}
    return {context: this.context, sources: this.sources, around, project, table: readCommandTable(project.root)}
  }

  private async talk(shell: LineShell, place: ShellPlace): Promise<void> {
    const {dataDir: dataFolder, cacheDir: cacheFolder} = this.config
    const {color} = styleFor(this.around, this.flags, 'table', 'stderr')
    const kept = cachedNames({sources: this.sources, cacheFolder, root: place.project.root})
    this.say('Commands without “pm” in front; Tab completes, help explains, exit leaves.')
    await interact(shell, place, {dataFolder, color, kept})
  }

  // stdin is the script, which no command of it may read.
  private async follow(shell: LineShell): Promise<void> {
    if (this.terminal.isTTY.stdin) {
      throw new UsageError('The shell asks for lines, and here it may not ask.', {
        hint: 'Give it lines on stdin: pm shell < lines.txt. Or a terminal for stdin and stderr, without --no-input.',
      })
    }
    this.terminal.readInput = async () => {
      throw new UsageError('stdin holds the lines of the shell.', {hint: 'Give a file instead of -.'})
    }
    for await (const line of createInterface({input: process.stdin, terminal: false})) {
      const exitCode = await shell.run(line)
      process.exitCode = exitCode
      if (exitCode !== 0 || shell.isLeft) return
    }
  }
}
