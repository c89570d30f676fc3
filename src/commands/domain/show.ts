import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getDomainDetail} from '../../queries/domain/detail.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {domainDetailView, domainSections} from '../../views/domain-detail.ts'

export default class DomainShow extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {record: domainDetailView}
  static override summary = 'Show one domain: its DNS records, IPs, accounts and recent changes.'
  static override description = 'It shows what is stored; what DNS says is another matter.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields domain,status,expected',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(DomainShow)
    const named = await this.given(args.domain, 'domain', searchDomains)
    const domain = await this.read((db) => getDomainDetail(db, named))
    await this.show(domain, domainDetailView, domainSections(domain, this.here))
  }
}
