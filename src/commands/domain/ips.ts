import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {domainIpOrdering, listDomainIps} from '../../queries/domain/assignments.ts'
import {getDomain} from '../../queries/domain/find.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {listing} from '../../queries/paging.ts'
import {domainIpView} from '../../views/domain-ip.ts'

export default class DomainIps extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: domainIpView}
  static override ordering = domainIpOrdering
  static override summary = 'List the IPs a domain sends by, and those it did.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example --live -o name',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = {
    live: Flags.boolean({description: 'Only those it sends by now, or shall.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainIps)
    const named = await this.given(args.domain, 'domain', searchDomains)
    const {id} = await this.read((db) => getDomain(db, named))
    await this.list(
      domainIpView,
      listing(domainIpOrdering, (db) => listDomainIps(db, id, flags)),
    )
  }
}
