import {canAsk} from '../../cli/ask.ts'
import {PmCommand} from '../../cli/command.ts'
import {requireConsent} from '../../cli/consent.ts'
import {recordFlags, writeFlags} from '../../cli/options.ts'
import {SandboxFolder} from '../../cli/sandbox-folder.ts'
import {UsageError} from '../../rules/errors.ts'
import {sandboxResetSections, sandboxResetView} from '../../views/sandbox-reset.ts'

export default class SandboxReset extends PmCommand {
  static override permission = 'none' as const
  static override output = {record: sandboxResetView}
  static override summary = 'Throw the sandbox away, also a damaged one; the next use makes a new one.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --yes']
  static override flags = {yes: writeFlags.yes, ...recordFlags}

  async run(): Promise<void> {
    const {flags} = await this.parse(SandboxReset)
    this.assertSandbox()
    const sandbox = new SandboxFolder(this.sources)
    const removed = sandbox.isFilled
    if (removed) {
      await this.requireConsent(`Throw away the sandbox in ${sandbox.path}, and all that was changed in it.`, flags)
      await sandbox.empty((line) => this.say(line))
    }
    await this.show(
      {folder: sandbox.path, removed},
      sandboxResetView,
      sandboxResetSections({folder: sandbox.path, removed}),
    )
    this.say(removed ? 'The next use makes a new sandbox.' : 'There was no sandbox; the next use makes one.')
  }

  private assertSandbox(): void {
    const {context = 'sandbox'} = this.flags
    if (context !== 'sandbox') throw new UsageError(`Only the sandbox can be thrown away, not ${context}.`)
  }

  private async requireConsent(headline: string, flags: {yes: boolean}): Promise<void> {
    this.say(headline)
    const ask = canAsk(this.terminal, this.flags['no-input']) ? this.around.asker : undefined
    await requireConsent('moderate', {headline, subject: 'sandbox', rows: []}, flags, ask, {line: this.commandLine})
  }
}
