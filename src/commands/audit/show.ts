import {parseChangeId} from '../../cli/change-id.ts'
import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getChangeDetail} from '../../queries/audit/detail.ts'
import {searchChanges} from '../../queries/audit/search.ts'
import {changeDetailView, changeSections} from '../../views/change-detail.ts'

export default class AuditShow extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {record: changeDetailView}
  static override summary = 'Show one change, row by row, before and after.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 -o json --fields images',
  ]
  static override args = {change: argument({description: 'The id of the change.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(AuditShow)
    const id = parseChangeId(await this.given(args.change, 'change', searchChanges))
    const change = await this.read((db) => getChangeDetail(db, id))
    await this.show(change, changeDetailView, changeSections(change))
  }
}
