import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {listing} from '../../queries/paging.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {listMembers, memberOrdering} from '../../queries/tenant/users.ts'
import {memberView} from '../../views/member.ts'

export default class TenantUsers extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {list: memberView}
  static override ordering = memberOrdering
  static override summary = "List a tenant's users and their roles."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme --left -o json',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = {
    left: Flags.boolean({description: 'Those who left, too.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TenantUsers)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {id} = await this.read((db) => getTenant(db, named))
    await this.list(
      memberView,
      listing(memberOrdering, (db) => listMembers(db, id, flags)),
    )
  }
}
