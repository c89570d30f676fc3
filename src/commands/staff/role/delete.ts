import {deleteRole} from '../../../changes/staff/role/delete.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {searchRoles} from '../../../queries/staff/role-list.ts'

export default class StaffRoleDelete extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Delete a role that nobody has.'
  static override description = 'The roles that pm db setup makes stay: it would make them again.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> night_shift',
    '<%= config.bin %> <%= command.id %> night_shift --reason "no nights any more" --confirm night_shift',
  ]
  static override args = {role: argument({description: "The role's name."})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffRoleDelete)
    const role = await this.given(args.role, 'role', searchRoles)
    await this.carryOut(deleteRole, {role}, flags)
  }
}
