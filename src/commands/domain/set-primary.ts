import {setPrimary} from '../../changes/domain/primary.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchDomains} from '../../queries/domain/search.ts'

export default class DomainSetPrimary extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Make a domain the primary one of its tenant.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> news.acme.example',
    '<%= config.bin %> <%= command.id %> news.acme.example --reason "renamed" --yes',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainSetPrimary)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    await this.carryOut(setPrimary, {domain}, flags)
  }
}
