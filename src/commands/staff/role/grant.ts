import {grantPermissions} from '../../../changes/staff/role/permissions.ts'
import {writeFlags} from '../../../cli/options.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {searchPermissions} from '../../../queries/staff/permission.ts'
import {searchRoles} from '../../../queries/staff/role-list.ts'

export default class StaffRoleGrant extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Let a role do more.'
  static override description =
    'It holds from the next statement of whoever has the role. Nobody changes what their own role may do, and the last admin stays one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> operations lead.read',
    '<%= config.bin %> <%= command.id %> viewer audit.undo flags.write --reason "trial"',
  ]
  static override usage = '<%= command.id %> ROLE PERMISSION... [FLAGS]'
  static override strict = false
  static override flags = writeFlags

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRoleGrant)
    const [named, ...more] = argv.map(String)
    const role = await this.given(named, 'role', searchRoles)
    const permissions = await this.givenMany(
      more,
      {},
      {noun: 'permission', parse: (name) => name, find: searchPermissions},
    )
    await this.carryOut(grantPermissions, {role, permissions}, flags)
  }
}
