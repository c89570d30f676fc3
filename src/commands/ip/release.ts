import * as Flags from '@oclif/core/flags'
import {releaseIps} from '../../changes/ip/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {jobViews} from '../../views/job.ts'

export default class IpRelease extends BulkCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Bring quarantined IPs back, to warm up anew.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "delisted"',
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --as available --reason "was listed by mistake"',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {
    as: Flags.option({options: ['warming', 'available'] as const, default: 'warming', helpValue: 'STATUS'})({
      description: 'What it becomes: warming or available.',
    }),
    ...bulkFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpRelease)
    const inputOf = (ips: string[]) => ({ips, as: flags.as})
    const release = {
      change: releaseIps,
      verb: 'Release',
      noun: 'IP' as const,
      parse: parseIpAddress,
      find: searchIps,
      inputOf,
    }
    await this.carryOutMany(release, argv, flags, jobViews)
  }
}
