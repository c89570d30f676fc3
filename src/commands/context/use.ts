import {PmCommand} from '../../cli/command.ts'
import {chosenHere, noticeOfOverride} from '../../cli/contexts/here.ts'
import {contextRow} from '../../cli/contexts/overview.ts'
import {storeOf} from '../../cli/contexts/resolve.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {contextView} from '../../views/context.ts'

export default class ContextUse extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Work in this context from now on.'
  static override description =
    'It is kept for all your shells, and counts where nothing else chooses: for one shell only, set PM_CONTEXT; for one command, give --context. See pm context show.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging',
    '<%= config.bin %> <%= command.id %> sandbox',
  ]
  static override args = {name: argument({description: 'The context, or “sandbox”.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(ContextUse)
    const name = await this.givenContext(args.name)
    storeOf(this.sources).use(name)
    const here = chosenHere({...this.sources, flag: undefined})
    const row = contextRow(name, this.sources, here)
    await this.show(row, contextView, [])
    this.terminal.say(`pm works in ${name} from now on: ${row.kind}, ${row.where} as ${row.user}.`)
    const override = noticeOfOverride(here)
    if (override) this.terminal.say(override)
  }
}
