import {suspendAccounts} from '../../changes/account/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class AccountSuspend extends WriteCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Stop e-mail accounts from sending.'
  static override description = 'Those that are suspended already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example --reason "abuse report 4711"',
    '<%= config.bin %> <%= command.id %> - --dry-run < abusive.txt',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountSuspend)
    const accounts = await this.givenMany(argv, flags, parseGivenName, 'account', searchAccounts)
    await this.carryOut(suspendAccounts, {accounts}, flags)
  }
}
