import * as Flags from '@oclif/core/flags'
import {quarantineIps} from '../../changes/ip/quarantine.ts'
import {manyFlags, selectFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import {moveView} from '../../views/move.ts'

export default class IpQuarantine extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: moveView}
  static override summary = 'Take IPs out of sending and move their domains to healthy ones.'
  static override description =
    'Each domain goes to a warmed IP before a warming one, a good one before a fair one, in the same region and to the least loaded first. Without room for all of them nothing is changed. Those that are quarantined already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --reason "listed on Spamhaus SBL"',
    '<%= config.bin %> <%= command.id %> 203.0.113.24 --dry-run',
    '<%= config.bin %> <%= command.id %> --from-file burning.txt --to 192.0.2.10 --yes',
  ]
  static override usage = '<%= command.id %> IP... [FLAGS]'
  static override strict = false
  static override flags = {
    to: Flags.string({helpValue: 'IP', description: 'The IP that takes all domains over.'}),
    'max-per-ip': Flags.integer({
      min: 1,
      default: 25,
      helpValue: 'N',
      description: 'No IP takes over more domains than make this many on it.',
    }),
    'no-reassign': Flags.boolean({
      description: 'Leave the domains without an IP: they stop sending.',
      exclusive: ['to'],
    }),
    ...manyFlags,
    ...selectFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(IpQuarantine)
    const ips = await this.givenMany(argv, flags, {noun: 'IP', parse: parseIpAddress, find: searchIps})
    const to = flags.to === undefined ? undefined : parseIpAddress(flags.to)
    const input = {ips, to, maxPerIp: flags['max-per-ip'], reassign: !flags['no-reassign']}
    await this.carryOut(quarantineIps, input, flags, moveView)
  }
}
