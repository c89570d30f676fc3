import {PmCommand} from '../../cli/command.ts'
import {chosenHere, noticeOfHere} from '../../cli/contexts/here.ts'
import {contextRows} from '../../cli/contexts/overview.ts'
import {showFlags} from '../../cli/options.ts'
import {contextView} from '../../views/context.ts'

export default class ContextList extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'List the contexts, and which is in force here.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> -o name']
  static override flags = showFlags

  async run(): Promise<void> {
    await this.parse(ContextList)
    const here = chosenHere(this.sources)
    await this.showRows(contextView, contextRows(this.sources, here))
    const notice = noticeOfHere(here, this.sources)
    if (notice) this.terminal.say(notice)
  }
}
