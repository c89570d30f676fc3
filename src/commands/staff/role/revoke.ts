import {revokePermissions} from '../../../changes/staff/role/permissions.ts'
import {writeFlags} from '../../../cli/options.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {searchPermissions} from '../../../queries/staff/permission.ts'
import {searchRoles} from '../../../queries/staff/role-list.ts'

export default class StaffRoleRevoke extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Let a role do less.'
  static override description =
    'It holds from the next statement of whoever has the role. Nobody changes what their own role may do, and the last admin stays one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> support lead.reveal',
    '<%= config.bin %> <%= command.id %> billing job.write audit.undo --dry-run',
  ]
  static override usage = '<%= command.id %> ROLE PERMISSION... [FLAGS]'
  static override strict = false
  static override flags = writeFlags

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRoleRevoke)
    const [named, ...more] = argv.map(String)
    const role = await this.given(named, 'role', searchRoles)
    const permissions = await this.givenMany(
      more,
      {},
      {noun: 'permission', parse: (name) => name, find: searchPermissions},
    )
    await this.carryOut(revokePermissions, {role, permissions}, flags)
  }
}
