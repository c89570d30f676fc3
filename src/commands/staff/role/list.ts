import {PmCommand} from '../../../cli/command.ts'
import {listFlags} from '../../../cli/options.ts'
import {listing} from '../../../queries/paging.ts'
import {roleOrdering, selectRoles} from '../../../queries/staff/role-list.ts'
import {roleView} from '../../../views/role.ts'

export default class StaffRoleList extends PmCommand {
  static override permission = 'staff.read' as const
  static override output = {list: roleView}
  static override ordering = roleOrdering
  static override summary = 'List the roles, with how many people have each and how much it may do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o json --fields name,permissions',
  ]
  static override flags = listFlags

  async run(): Promise<void> {
    await this.parse(StaffRoleList)
    await this.list(roleView, listing(roleOrdering, selectRoles))
  }
}
