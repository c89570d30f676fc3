import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {getTenantUsage} from '../../queries/tenant/detail.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {usageTitle} from '../../views/tenant-detail.ts'
import {usageSection, usageView} from '../../views/usage.ts'

export default class TenantUsage extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {list: usageView}
  static override summary = 'Show how much of its plan a tenant uses.'
  static override description =
    'Campaigns are those created in this calendar month, in UTC; contacts are leads. Mails, storage and API calls are not counted in this database.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme -o json',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantUsage)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {usage, ...subscription} = await this.read((db, operator) => getTenantUsage(db, operator, named))
    await this.report(usageView, usage, [usageSection(usageTitle(subscription), usage)])
  }
}
