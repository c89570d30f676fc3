import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {listing, matching} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {listUsers, userOrdering} from '../../queries/user/list.ts'
import {userView} from '../../views/user.ts'

export default class UserList extends PmCommand {
  static override permission = 'user.read' as const
  static override output = {list: userView}
  static override ordering = userOrdering
  static override summary = 'List users.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --search alice',
    '<%= config.bin %> <%= command.id %> --tenant acme -o json',
    '<%= config.bin %> <%= command.id %> --staff',
  ]
  static override flags = {
    search: Flags.string({helpValue: 'TEXT', description: 'Only users whose e-mail or name begins so.'}),
    tenant: Flags.string({helpValue: 'TENANT', description: 'Only users of this tenant: name, id or a domain of it.'}),
    staff: Flags.boolean({description: 'Only our own people.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(UserList)
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    await this.list(
      userView,
      listing(matching(userOrdering, flags.search), (db) => listUsers(db, {...flags, tenantId})),
    )
  }
}
