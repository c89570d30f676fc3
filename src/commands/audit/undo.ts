import {undoChange} from '../../changes/audit/undo.ts'
import {parseChangeId} from '../../cli/change-id.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {getChange} from '../../queries/audit/find.ts'
import {searchChanges} from '../../queries/audit/search.ts'

export default class AuditUndo extends WriteCommand {
  static override permission = 'audit.undo' as const
  static override output = {outcome: undefined}
  static override summary = 'Put back what a change did, or refuse where rows changed since.'
  static override description =
    'Needs the permission of the change itself, too. Either every row is put back or none is. The undo is itself a change, and can be undone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --dry-run',
    '<%= config.bin %> <%= command.id %> 12 --reason "wrong IP" --yes',
  ]
  static override args = {change: argument({description: 'The id of the change.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(AuditUndo)
    const id = parseChangeId(await this.given(args.change, 'change', searchChanges))
    const {permission} = await this.read((db) => getChange(db, id))
    await this.carryOut(undoChange(permission), {id}, flags)
  }
}
