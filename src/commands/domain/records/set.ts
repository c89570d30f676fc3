import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {setDocument, setRecords} from '../../../changes/domain/records.ts'
import {readDocument} from '../../../cli/document-file.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {fieldsOf, hostOf, valuesOf} from '../../../cli/record-flags.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {type DnsRecordType, dnsRecordTypes} from '../../../rules/dns-record.ts'
import {UsageError} from '../../../rules/errors.ts'
import {recordEditView} from '../../../views/record-edit.ts'

export default class DomainRecordsSet extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: recordEditView}
  static override summary = 'Set the records of a type at a host that a domain shall have.'
  static override description =
    'What is stored there of this type is replaced, and waits to be verified; DNS itself is not changed. The host is relative to the domain, @ for the domain itself.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example SPF --value "v=spf1 include:_spf.penguinmails.example -all"',
    '<%= config.bin %> <%= command.id %> acme.example MX --value "10 mx1.acme.example" --value "20 mx2.acme.example"',
    '<%= config.bin %> <%= command.id %> acme.example CNAME track --value click.penguinmails.example --ttl 300',
    '<%= config.bin %> <%= command.id %> acme.example --from-file document.json',
  ]
  static override args = {
    domain: argument({description: 'The domain: name or id.', required: true}),
    type: Args.string({
      ignoreStdin: true,
      options: [...dnsRecordTypes],
      description: `The type: ${dnsRecordTypes.join(', ')}.`,
    }),
    host: argument({description: 'The host, such as track; by default where records of the type stand.'}),
  }
  static override flags = {
    value: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: [],
      helpValue: 'VALUE',
      description: 'What the record says; several make several records.',
    }),
    ttl: Flags.integer({min: 0, max: 2_147_483_647, helpValue: 'SECONDS', description: 'Its time to live.'}),
    priority: Flags.integer({min: 0, max: 65_535, helpValue: 'N', description: 'Of an MX.'}),
    selector: Flags.string({helpValue: 'SELECTOR', description: 'Of a DKIM record: what stands before _domainkey.'}),
    'from-file': Flags.string({
      helpValue: 'FILE',
      description: 'Replace the whole document by this one, in JSON; - is stdin.',
      exclusive: ['value', 'ttl', 'priority', 'selector'],
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainRecordsSet)
    const {domain = ''} = args
    const file = flags['from-file']
    if (file === undefined) return this.setRecords(domain, args, flags)
    if (args.type !== undefined) throw new UsageError('--from-file replaces the whole document: leave the type out.')
    const document = await readDocument(file, this.terminal)
    await this.carryOut(setDocument, {domain, document}, flags, recordEditView)
  }

  private async setRecords(
    domain: string,
    {type: named, host}: {type?: string | undefined; host?: string | undefined},
    flags: Parameters<typeof fieldsOf>[0] & Parameters<typeof valuesOf>[1] & Parameters<WriteCommand['carryOut']>[2],
  ): Promise<void> {
    const type = dnsRecordTypes.find((known) => known === named)
    if (type === undefined) throw new UsageError('Which record?', {hint: `Give its type: ${dnsRecordTypes.join(', ')}`})
    const input = {
      domain,
      type: type satisfies DnsRecordType,
      host: hostOf(type, {host, selector: flags.selector}),
      fields: fieldsOf(flags),
      values: valuesOf(type, flags),
    }
    await this.carryOut(setRecords, input, flags, recordEditView)
  }
}
