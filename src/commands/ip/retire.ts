import {retireIps} from '../../changes/ip/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {jobViews} from '../../views/job.ts'

export default class IpRetire extends BulkCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Give IPs up for good: they become burned.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "returned to the provider"',
    '<%= config.bin %> <%= command.id %> --from-file burned.txt --yes',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpRetire)
    const many = {
      change: retireIps,
      verb: 'Retire',
      inputOf: (ips: string[]) => ({ips}),
      noun: 'IP' as const,
      parse: parseIpAddress,
      find: searchIps,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
