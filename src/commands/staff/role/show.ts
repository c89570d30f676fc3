import {PmCommand} from '../../../cli/command.ts'
import {argument, showFlags} from '../../../cli/options.ts'
import {getRoleDetail} from '../../../queries/staff/role-detail.ts'
import {searchRoles} from '../../../queries/staff/role-list.ts'
import {roleDetailView, roleSections} from '../../../views/role.ts'

export default class StaffRoleShow extends PmCommand {
  static override permission = 'staff.read' as const
  static override output = {record: roleDetailView}
  static override summary = 'Show one role: what it may do, who has it, and its recent changes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> operations',
    '<%= config.bin %> <%= command.id %> operations -o json --fields permissions',
  ]
  static override args = {role: argument({description: "The role's name."})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(StaffRoleShow)
    const name = await this.given(args.role, 'role', searchRoles)
    const role = await this.read((db) => getRoleDetail(db, name))
    await this.show(role, roleDetailView, roleSections(role))
  }
}
