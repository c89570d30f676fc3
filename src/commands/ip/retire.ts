import {retireIps} from '../../changes/ip/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'

export default class IpRetire extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Give IPs up for good: they become burned.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "returned to the provider"',
    '<%= config.bin %> <%= command.id %> --from-file burned.txt --yes',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpRetire)
    const ips = await this.givenMany(argv, flags, parseIpAddress, 'IP', searchIps)
    await this.carryOut(retireIps, {ips}, flags)
  }
}
