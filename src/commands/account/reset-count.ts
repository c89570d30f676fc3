import {resetCounts} from '../../changes/account/reset-count.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class AccountResetCount extends WriteCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Begin the count of what e-mail accounts sent today anew.'
  static override description = 'An account that sends meanwhile has another count: nothing is changed then.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example',
    '<%= config.bin %> <%= command.id %> --from-file counted-twice.txt --reason "ticket 812" --yes',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountResetCount)
    const accounts = await this.givenMany(argv, flags, parseGivenName, 'account', searchAccounts)
    await this.carryOut(resetCounts, {accounts}, flags)
  }
}
