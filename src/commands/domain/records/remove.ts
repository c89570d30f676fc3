import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {removeRecords} from '../../../changes/domain/records.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {hostOf} from '../../../cli/record-flags.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {dnsRecordTypes} from '../../../rules/dns-record.ts'
import {UsageError} from '../../../rules/errors.ts'
import {recordEditView} from '../../../views/record-edit.ts'

export default class DomainRecordsRemove extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: recordEditView}
  static override summary = 'Take the records of a type at a host out of a domain.'
  static override description = 'The domain need not have them any more. DNS itself is not changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example CNAME track',
    '<%= config.bin %> <%= command.id %> acme-mail.example DKIM --selector pm1 --reason "rotated" --yes',
  ]
  static override args = {
    domain: argument({description: 'The domain: name or id.', required: true}),
    type: Args.string({
      ignoreStdin: true,
      required: true,
      options: [...dnsRecordTypes],
      description: `The type: ${dnsRecordTypes.join(', ')}.`,
    }),
    host: argument({description: 'The host, such as track; by default where records of the type stand.'}),
  }
  static override flags = {
    selector: Flags.string({helpValue: 'SELECTOR', description: 'Of a DKIM record: what stands before _domainkey.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainRecordsRemove)
    const {domain = '', host} = args
    const type = dnsRecordTypes.find((known) => known === args.type)
    if (type === undefined) throw new UsageError('Which record?', {hint: `Give its type: ${dnsRecordTypes.join(', ')}`})
    const spot = {type, host: hostOf(type, {host, selector: flags.selector})}
    await this.carryOut(removeRecords, {domain, ...spot}, flags, recordEditView)
  }
}
