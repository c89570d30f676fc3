import * as Flags from '@oclif/core/flags'
import {canAsk} from '../../cli/ask.ts'
import {PmCommand} from '../../cli/command.ts'
import {requireConsent} from '../../cli/consent.ts'
import {parseNewContextName} from '../../cli/contexts/context-name.ts'
import {chosenHere, noticeOfHere} from '../../cli/contexts/here.ts'
import {contextRow} from '../../cli/contexts/overview.ts'
import {storeOf} from '../../cli/contexts/resolve.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {contextView} from '../../views/context.ts'

export default class ContextRemove extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Forget a context; its database stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging',
    '<%= config.bin %> <%= command.id %> staging --yes',
  ]
  static override args = {name: argument({description: 'The context.'})}
  static override flags = {
    yes: Flags.boolean({char: 'y', description: 'Consent without being asked.'}),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ContextRemove)
    const name = await this.givenContext(args.name)
    const store = storeOf(this.sources)
    const row = contextRow(parseNewContextName(name), this.sources, chosenHere(this.sources))
    this.terminal.say(`This forgets the context ${name}: ${row.kind}, ${row.where} as ${row.user}.`)
    await this.consent(name, flags.yes)
    store.remove(name)
    await this.show(row, contextView, [])
    this.terminal.say(`Removed ${name}.`)
    const notice = noticeOfHere(chosenHere(this.sources), this.sources)
    if (notice) this.terminal.say(notice)
  }

  private async consent(name: string, yes: boolean): Promise<void> {
    const ask = canAsk(this.terminal, this.flags['no-input']) ? this.around.asker : undefined
    await requireConsent('moderate', {subject: name, rows: [], headline: ''}, {yes}, ask, {line: this.commandLine})
  }
}
