import * as Flags from '@oclif/core/flags'
import {addDomains} from '../../changes/domain/add.ts'
import type {Finder} from '../../cli/asking-command.ts'
import {BulkCommand, isJob} from '../../cli/bulk-command.ts'
import {jobFlags} from '../../cli/job-flags.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {parseDomainName} from '../../rules/domain-name.ts'
import {UsageError} from '../../rules/errors.ts'
import {jobViews} from '../../views/job.ts'

// Nobody has it yet: what is typed is the answer.
const asTyped: Finder = async (_, typed) => (typed === '' ? [] : [{value: typed, name: typed}])

export default class DomainAdd extends BulkCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Give a tenant new domains to send from.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> news.acme.example --tenant acme',
    '<%= config.bin %> <%= command.id %> acme.example --tenant acme --company "Acme Retail" --primary',
    '<%= config.bin %> <%= command.id %> --from-file domains.txt --tenant acme --dry-run',
  ]
  static override usage = '<%= command.id %> DOMAIN... --tenant TENANT [FLAGS]'
  static override strict = false
  static override flags = {
    tenant: Flags.string({helpValue: 'TENANT', description: 'Whose: name, id or a domain of it.'}),
    company: Flags.string({helpValue: 'COMPANY', description: 'Of which company: workspace, name or id.'}),
    primary: Flags.boolean({default: false, description: "Make the first of them the tenant's primary domain."}),
    ...manyFlags,
    ...jobFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(DomainAdd)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, addDomains.permission)
    const {company, primary} = flags
    if (primary && isJob(argv, flags)) throw new UsageError('--primary makes one domain primary: it takes no list.')
    const tenant = await this.given(flags.tenant, 'tenant', searchTenants, 'tenant')
    const adding = new Set<string>()
    const many = {
      change: addDomains,
      verb: 'Add',
      inputOf: (domains: string[]) => ({domains, tenant, company, primary, adding}),
      noun: 'domain' as const,
      parse: parseDomainName,
      find: asTyped,
      // They have no ids yet.
      columns: ['domain', 'name'] as const,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
