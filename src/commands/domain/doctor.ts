import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {dnsFlags} from '../../cli/dns-flags.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {checkDomain} from '../../dns/check-domain.ts'
import {openChosen} from '../../dns/chosen.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {getDomainsToCheck} from '../../queries/domain/to-check.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import {checkedDomain, checkedDomainView, doctorSections} from '../../views/domain-check.ts'

const stranger = {tenant: null, document: null, senders: []}

export default class DomainDoctor extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {record: checkedDomainView}
  static override summary = 'Find out why a domain does not verify: causes first, each with the exact fix.'
  static override description =
    'What another finding explains is told last. Nothing is stored; pm domain check --write does that. Exits 9 where something must be mended, 10 where it could not be found out.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields findings',
    '<%= config.bin %> <%= command.id %> customer.example --unknown --server 192.0.2.53',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = {
    unknown: Flags.boolean({description: 'Look at a domain that pm does not know: nothing is expected of it.'}),
    ...dnsFlags,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainDoctor)
    const name = await this.given(args.domain, 'domain', searchDomains)
    const [known] = flags.unknown ? [] : await this.read((db) => getDomainsToCheck(db, [name]))
    const {tenant, ...domain} = known ?? {...stranger, domain: name}
    const dns = openChosen(flags, this.interruption.signal)
    try {
      const checked = checkedDomain(tenant, await checkDomain(dns, domain), null)
      await this.show(checked, checkedDomainView, doctorSections(checked))
      if (checked.outcome === 'failing') process.exitCode = exitCodes.checkFailed.code
      if (checked.outcome === 'unknown') process.exitCode = exitCodes.upstreamFailed.code
    } finally {
      dns.client.close()
    }
  }
}
