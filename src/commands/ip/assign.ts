import {assignDomain} from '../../changes/ip/assign.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchDomains} from '../../queries/domain/search.ts'
import {searchIps} from '../../queries/ip/search.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'

export default class IpAssign extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Make a domain send by an IP.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example 192.0.2.10',
    '<%= config.bin %> <%= command.id %> acme.example 192.0.2.10 --reason "own IP for Acme" --yes',
  ]
  static override args = {
    domain: argument({description: 'The domain.'}),
    ip: argument({description: 'The IP it shall send by.'}),
  }
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IpAssign)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    const ip = parseIpAddress(await this.given(args.ip, 'IP', searchIps))
    await this.carryOut(assignDomain, {domain, ip}, flags)
  }
}
