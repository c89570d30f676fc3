import * as Flags from '@oclif/core/flags'
import {removeDomain} from '../../changes/domain/remove.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchDomains} from '../../queries/domain/search.ts'

export default class DomainRemove extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Take a domain away from its tenant, with its past.'
  static override description =
    'Refused while it sends by an IP or has e-mail accounts, unless they are said to go, too. Accounts need account.write and cannot be brought back; assignments need ip.write.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example --dry-run',
    '<%= config.bin %> <%= command.id %> acme.example --unassign --with-accounts --confirm acme.example --reason "ticket 4711"',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = {
    unassign: Flags.boolean({default: false, description: 'Take it off the IPs it sends by.'}),
    'with-accounts': Flags.boolean({default: false, description: 'Its e-mail accounts go with it, for good.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainRemove)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    const {unassign, 'with-accounts': withAccounts} = flags
    await this.carryOut(removeDomain, {domain, unassign, withAccounts}, flags)
  }
}
