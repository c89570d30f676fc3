import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {getCompany} from '../../queries/company/find.ts'
import {domainOrdering, listDomains} from '../../queries/domain/list.ts'
import {listing, matching} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {dnsStatuses} from '../../rules/dns-record.ts'
import {domainView} from '../../views/domain.ts'

export default class DomainList extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: domainView}
  static override ordering = domainOrdering
  static override summary = 'List sending domains.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --failing',
    '<%= config.bin %> <%= command.id %> --tenant acme --unverified',
    '<%= config.bin %> <%= command.id %> --search acme -o json --fields domain,status,error',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only domains of this tenant: name, id or a domain of it.',
    }),
    company: Flags.string({helpValue: 'COMPANY', description: 'Only domains of this company: workspace, name or id.'}),
    status: Flags.option({
      options: dnsStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only domains in these states: ${dnsStatuses.join(', ')}.`,
    }),
    unverified: Flags.boolean({description: 'Only domains in any other state than verified.', exclusive: ['status']}),
    failing: Flags.boolean({
      description: 'Only domains whose verification failed or could not be done.',
      exclusive: ['status', 'unverified'],
    }),
    primary: Flags.boolean({description: 'Only domains that are the primary one of their tenant.'}),
    search: Flags.string({helpValue: 'TEXT', description: 'Only domains whose name begins so, in any case.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(DomainList)
    const {company} = flags
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    const of = company === undefined ? undefined : await this.read((db) => getCompany(db, company))
    await this.list(
      domainView,
      listing(matching(domainOrdering, flags.search), (db) => listDomains(db, {...flags, tenantId, company: of})),
    )
  }
}
