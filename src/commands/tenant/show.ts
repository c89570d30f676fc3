import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {getTenantDetail} from '../../queries/tenant/detail.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {tenantDetailView, tenantSections} from '../../views/tenant-detail.ts'

export default class TenantShow extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {record: tenantDetailView}
  static override summary = 'Show one tenant: subscription, payment, use of its plan, domains, IPs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields tenant,subscription,usage',
  ]
  static override args = {
    tenant: argument({description: 'The tenant: name, id, a domain of it, or its Stripe customer or subscription.'}),
  }
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantShow)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const tenant = await this.read((db, operator) => getTenantDetail(db, operator, named))
    await this.show(tenant, tenantDetailView, tenantSections(tenant))
  }
}
