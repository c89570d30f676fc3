import {PmCommand} from '../../cli/command.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {domainOrdering} from '../../queries/domain/list.ts'
import {dnsMatrix} from '../../queries/domain/matrix.ts'
import {listing} from '../../queries/paging.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {dnsMatrixView} from '../../views/dns-matrix.ts'

export default class TenantDns extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: dnsMatrixView}
  static override ordering = domainOrdering
  static override summary = "Show a tenant's domains against the records they shall have: ok, or not."
  static override description =
    'It is how verification stood when each was last checked: ok, waits, FAILS, or error where it could not be found out; of several records of a type the worst. Anew: pm domain check --tenant TENANT --write.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme -o csv --fields domain,spf,dkim,dmarc',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = listFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantDns)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {id} = await this.read((db) => getTenant(db, named))
    await this.list(
      dnsMatrixView,
      listing(domainOrdering, (db) => dnsMatrix(db, id)),
    )
  }
}
