import {PmCommand} from '../../../cli/command.ts'
import {argument, showFlags} from '../../../cli/options.ts'
import {getTenant} from '../../../queries/tenant/find.ts'
import {searchTenants} from '../../../queries/tenant/search.ts'
import {getTenantPolicy} from '../../../queries/tenant/settings.ts'
import {tenantPolicySections, tenantPolicyView} from '../../../views/tenant-settings.ts'

export default class TenantPolicyShow extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {record: tenantPolicyView}
  static override summary = "Show a tenant's policies: passwords, sessions, who joins."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme -o json --fields two_factor_required',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantPolicyShow)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const policy = await this.read(async (db) => getTenantPolicy(db, (await getTenant(db, named)).id))
    await this.show(policy, tenantPolicyView, tenantPolicySections(policy))
  }
}
