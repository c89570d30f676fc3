import * as Flags from '@oclif/core/flags'
import {setCheckExit} from '../../cli/check-exit.ts'
import {PmCommand} from '../../cli/command.ts'
import {dnsFlags} from '../../cli/dns-flags.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {withDns} from '../../dns/chosen.ts'
import {evaluateSender} from '../../dns/spf/evaluate-sender.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {findDomainsToCheck} from '../../queries/domain/to-check.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {outcomeOfSpf, spfSections, spfVerdictView} from '../../views/spf-verdict.ts'

export default class DomainSpf extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {record: spfVerdictView}
  static override summary = 'Evaluate SPF of a domain for one IP, term by term, as a receiver would.'
  static override description =
    'Goes by what the servers of the domain publish now; neither the domain nor the IP need be known to pm. Exits 9 where the IP does not pass, 10 where that could not be found out.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example 203.0.113.24',
    '<%= config.bin %> <%= command.id %> acme.example 2001:db8::24 --helo mail.acme.example -o json',
  ]
  static override args = {
    domain: argument({description: 'The domain of the sender.'}),
    ip: argument({description: 'The IP that sends.'}),
  }
  static override flags = {
    helo: Flags.string({
      helpValue: 'NAME',
      description: 'What the IP says in HELO. Default: what pm knows of it, else the domain.',
    }),
    ...dnsFlags,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainSpf)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    const ip = parseIpAddress(await this.given(args.ip, 'IP', searchIps))
    const helo = flags.helo ?? (await this.knownHelo(domain, ip))
    const {signal} = this.interruption
    const verdict = await withDns(flags, signal, (dns) => evaluateSender(dns, domain, {ip, helo}))
    await this.show({domain, ip, helo: helo ?? domain, ...verdict}, spfVerdictView, spfSections(ip, verdict))
    setCheckExit(outcomeOfSpf(verdict))
  }

  private async knownHelo(domain: string, ip: string): Promise<string | null> {
    const [known] = await this.read((db) => findDomainsToCheck(db, [domain]))
    return known?.senders.find((sender) => sender.ip === ip)?.helo ?? null
  }
}
