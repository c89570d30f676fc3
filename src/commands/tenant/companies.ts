import {PmCommand} from '../../cli/command.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {companyOrdering, listCompanies} from '../../queries/company/list.ts'
import {listing} from '../../queries/paging.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {companyView} from '../../views/company.ts'

export default class TenantCompanies extends PmCommand {
  static override permission = 'company.read' as const
  static override output = {list: companyView}
  static override ordering = companyOrdering
  static override summary = "List a tenant's companies."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme -o json --fields company,status',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = listFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantCompanies)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {id: tenantId} = await this.read((db) => getTenant(db, named))
    await this.list(
      companyView,
      listing(companyOrdering, (db) => listCompanies(db, {tenantId})),
    )
  }
}
