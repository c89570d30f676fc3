import {PmCommand} from '../cli/command.ts'
import {describePlace} from '../cli/contexts/context.ts'
import {recordFlags} from '../cli/options.ts'
import {whoamiSections, whoamiView} from '../views/whoami.ts'

export default class Whoami extends PmCommand {
  static override permission = 'none' as const
  static override output = {record: whoamiView}
  static override summary = 'Show who you are here, what you may do, and where “here” is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context staging -o json',
  ]
  static override flags = recordFlags

  async run(): Promise<void> {
    await this.parse(Whoami)
    const operator = await this.read(async (_db, operator) => operator)
    const {name: context, kind, place} = this.context
    const who = {...operator, context, kind, place: describePlace(place)}
    await this.show(who, whoamiView, whoamiSections(who))
  }
}
