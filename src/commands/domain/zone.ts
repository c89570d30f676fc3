import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {zoneFragment} from '../../dns/zone-fragment.ts'
import {getDomain} from '../../queries/domain/find.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {readDnsDocument} from '../../rules/dns-document.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import {zoneText, zoneView} from '../../views/zone.ts'

export default class DomainZone extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: zoneView}
  static override summary = 'Write the records a domain shall have as lines of a zone file.'
  static override description =
    'For BIND, NSD and Knot, and for registrars that take a zone file. What is wrong in the stored document, or not of the zone, is left out, which exits 9.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example > acme.example.zone',
    '<%= config.bin %> <%= command.id %> acme.example -o json',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(DomainZone)
    const named = await this.given(args.domain, 'domain', searchDomains)
    const {domain, dns_records} = await this.read((db) => getDomain(db, named))
    const document = readDnsDocument(dns_records)
    const {lines, ...fragment} = zoneFragment(domain, document.records)
    const problems = [...document.problems, ...fragment.problems]
    const isData = this.flags.json || this.flags.output !== undefined || this.flags.fields !== undefined
    if (isData) await this.showRows(zoneView, lines)
    else await this.terminal.write(zoneText(lines))
    if (lines.length === 0) this.say('No records found.')
    for (const {at, message} of problems) this.say(`! Left out: ${at} ${message}.`)
    if (problems.length > 0) process.exitCode = exitCodes.checkFailed.code
  }
}
