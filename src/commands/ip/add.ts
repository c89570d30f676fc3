import * as Flags from '@oclif/core/flags'
import {addIp} from '../../changes/ip/add.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'

export default class IpAdd extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take a new IP into the pool.'
  static override description = 'It must be one that receivers can see: no private, loopback or multicast address.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 203.0.113.90 --vps hw-410902',
    '<%= config.bin %> <%= command.id %> 2001:db8:113::90 --vps hw-410902 --reason "ordered in ticket 812"',
  ]
  static override args = {ip: argument({description: 'The new IP address.', required: true})}
  static override flags = {
    vps: Flags.string({
      required: true,
      helpValue: 'VPS',
      description: 'The VPS it belongs to: id, Hostwinds id or address.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IpAdd)
    await this.carryOut(addIp, {ip: parseIpAddress(args.ip ?? ''), vps: flags.vps}, flags)
  }
}
