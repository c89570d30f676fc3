import {unassignDomain} from '../../changes/ip/assign.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchDomains} from '../../queries/domain/search.ts'

export default class IpUnassign extends WriteCommand {
  static override permission = 'ip.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take a domain off its IP: it stops sending.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example',
    '<%= config.bin %> <%= command.id %> acme.example --reason "abuse report 4711" --yes',
  ]
  static override args = {domain: argument({description: 'The domain.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IpUnassign)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    await this.carryOut(unassignDomain, {domain}, flags)
  }
}
