import * as Flags from '@oclif/core/flags'
import {markDeployed} from '../../changes/domain/deployed.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'
import {recordEditView} from '../../views/record-edit.ts'

export default class DomainDeployed extends BulkCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: recordEditView, job: jobViews.job}
  static override summary = 'Say that DKIM keys of domains are deployed.'
  static override description =
    'For when Mailu signs with them. What “pm domain deployments -o name” prints can be piped in, with - as the domain.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme-mail.example --selector pm2',
    '<%= config.bin %> <%= command.id %> - --yes < deployed.txt',
  ]
  static override usage = '<%= command.id %> DOMAIN... [FLAGS]'
  static override strict = false
  static override flags = {
    selector: Flags.string({helpValue: 'SELECTOR', description: 'Only the key of this selector; else all that wait.'}),
    ...bulkFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(DomainDeployed)
    const many = {
      change: markDeployed,
      verb: 'Mark',
      inputOf: (domains: string[]) => ({domains, selector: flags.selector}),
      noun: 'domain' as const,
      parse: parseGivenName,
      find: searchDomains,
      view: recordEditView,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
