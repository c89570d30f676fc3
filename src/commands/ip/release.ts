import * as Flags from '@oclif/core/flags'
import {releaseIps} from '../../changes/ip/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'

export default class IpRelease extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Bring quarantined IPs back, to warm up anew.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "delisted"',
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --as available --reason "was listed by mistake"',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {
    as: Flags.option({options: ['warming', 'available'] as const, default: 'warming'})({
      description: 'What it becomes: warming or available.',
    }),
    ...manyFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpRelease)
    const ips = await this.givenMany(argv, flags, parseIpAddress, 'IP', searchIps)
    await this.carryOut(releaseIps, {ips, as: flags.as}, flags)
  }
}
