import {PmCommand} from '../../../cli/command.ts'
import {argument, showFlags} from '../../../cli/options.ts'
import {getDomain} from '../../../queries/domain/find.ts'
import {recordRows} from '../../../queries/domain/records.ts'
import {searchDomains} from '../../../queries/domain/search.ts'
import {readDnsDocument} from '../../../rules/dns-document.ts'
import {recordView} from '../../../views/dns-record.ts'

export default class DomainRecordsList extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: recordView}
  static override summary = 'List the DNS records a domain shall have, as they are stored.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields type,host,value,status',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(DomainRecordsList)
    const named = await this.given(args.domain, 'domain', searchDomains)
    const domain = await this.read((db) => getDomain(db, named))
    await this.showRows(recordView, recordRows(domain))
    if (domain.records === 0) this.say('No records found.')
    for (const {at, message} of readDnsDocument(domain.dns_records).problems) this.say(`! ${at} ${message}.`)
  }
}
