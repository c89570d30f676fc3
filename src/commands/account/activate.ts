import {activateAccounts} from '../../changes/account/status.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class AccountActivate extends WriteCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Let e-mail accounts send again that are suspended or failed.'
  static override description = 'Those that are active already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example --reason "password was changed"',
    '<%= config.bin %> <%= command.id %> --from-file mended.txt --yes',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountActivate)
    const accounts = await this.givenMany(argv, flags, parseGivenName, 'account', searchAccounts)
    await this.carryOut(activateAccounts, {accounts}, flags)
  }
}
