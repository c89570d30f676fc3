import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {companyOrdering, listCompanies} from '../../queries/company/list.ts'
import {listing, matching} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {companyStatuses} from '../../rules/company-status.ts'
import {companyView} from '../../views/company.ts'

export default class CompanyList extends PmCommand {
  static override permission = 'company.read' as const
  static override output = {list: companyView}
  static override ordering = companyOrdering
  static override summary = 'List companies, the workspaces of tenants.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme',
    '<%= config.bin %> <%= command.id %> --status suspended -o json',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only companies of this tenant: name, id or a domain of it.',
    }),
    status: Flags.option({
      options: companyStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only companies in these states: ${companyStatuses.join(', ')}.`,
    }),
    search: Flags.string({helpValue: 'TEXT', description: 'Only companies whose name begins so.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(CompanyList)
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    await this.list(
      companyView,
      listing(matching(companyOrdering, flags.search), (db) => listCompanies(db, {...flags, tenantId})),
    )
  }
}
