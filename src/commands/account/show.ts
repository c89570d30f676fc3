import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getAccountDetail} from '../../queries/account/detail.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {accountDetailView, accountSections} from '../../views/account.ts'

export default class AccountShow extends PmCommand {
  static override permission = 'account.read' as const
  static override output = {record: accountDetailView}
  static override summary = 'Show one e-mail account; its secrets stay masked.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example',
    '<%= config.bin %> <%= command.id %> hello@acme.example -o json --fields status,daily_count',
  ]
  static override args = {account: argument({description: 'The account: e-mail address or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(AccountShow)
    const named = await this.given(args.account, 'account', searchAccounts)
    const account = await this.read((db) => getAccountDetail(db, named))
    await this.show(account, accountDetailView, accountSections(account))
  }
}
