import {PmCommand} from '../../cli/command.ts'
import {chosenHere} from '../../cli/contexts/here.ts'
import {contextDetail, contextRow} from '../../cli/contexts/overview.ts'
import {contextNamed} from '../../cli/contexts/resolve.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {contextDetailView, contextSections} from '../../views/context.ts'

export default class ContextShow extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Show a context, or where pm works now and why.'
  static override description =
    'What can choose, the strongest first: --context, PM_CONTEXT, DATABASE_URL, PG* variables, a .pm-context file in the folder, pm context use, and by default the sandbox. A password is never shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> production -o json',
  ]
  static override args = {name: argument({description: 'The context. By default the one in force.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(ContextShow)
    const context = args.name === undefined ? this.inForce() : this.named(args.name)
    await this.show(context, contextDetailView, contextSections(context))
  }

  private inForce() {
    return contextDetail(this.context, this.context.chosenBy, this.sources)
  }

  private named(name: string) {
    const {chosen_by} = contextRow(name, this.sources, chosenHere(this.sources))
    return contextDetail(contextNamed(name, this.sources), chosen_by, this.sources)
  }
}
