import {setCheckExit} from '../../cli/check-exit.ts'
import {PmCommand} from '../../cli/command.ts'
import {dnsFlags} from '../../cli/dns-flags.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {withDns} from '../../dns/chosen.ts'
import {followDelegation} from '../../dns/delegation/path.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {tracedDomain, tracedDomainView, tracedSections} from '../../views/delegation-path.ts'

export default class DomainTrace extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {record: tracedDomainView}
  static override summary = 'Follow the delegation of a domain, zone by zone, down to its name servers.'
  static override description =
    'From the nearest zone above it, whose servers are asked without recursion; each server at the end is asked for the zone. The domain need not be known to pm. Exits 9 where something is wrong on the way, 10 where it could not be followed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> customer.example -o json --fields path,servers',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = {...dnsFlags, ...recordFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainTrace)
    const name = await this.given(args.domain, 'domain', searchDomains)
    const path = await withDns(flags, this.interruption.signal, (dns) => followDelegation(dns, name))
    const traced = tracedDomain(path)
    await this.show(traced, tracedDomainView, tracedSections(traced))
    setCheckExit(traced.outcome)
  }
}
