import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../../cli/command.ts'
import {listFlags} from '../../../cli/options.ts'
import {listing} from '../../../queries/paging.ts'
import {listPermissions, permissionOrdering} from '../../../queries/staff/permission.ts'
import {permissionView} from '../../../views/permission.ts'

export default class StaffPermissionList extends PmCommand {
  static override permission = 'staff.read' as const
  static override output = {list: permissionView}
  static override ordering = permissionOrdering
  static override summary = 'List the permissions there are, what each allows and which roles have it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --topic ip',
    '<%= config.bin %> <%= command.id %> --role billing',
    '<%= config.bin %> <%= command.id %> -o json --fields permission,roles',
  ]
  static override flags = {
    role: Flags.string({helpValue: 'ROLE', description: 'Only what this role may do.'}),
    topic: Flags.string({helpValue: 'TOPIC', description: 'Only the permissions of this topic, such as ip.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(StaffPermissionList)
    await this.list(
      permissionView,
      listing(permissionOrdering, (db) => listPermissions(db, flags)),
    )
  }
}
