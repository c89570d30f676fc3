import {suspendAccounts} from '../../changes/account/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

export default class AccountSuspend extends BulkCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Stop e-mail accounts from sending.'
  static override description = 'Those that are suspended already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example --reason "abuse report 4711"',
    '<%= config.bin %> <%= command.id %> - --dry-run < abusive.txt',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountSuspend)
    const many = {
      change: suspendAccounts,
      verb: 'Suspend',
      inputOf: (accounts: string[]) => ({accounts}),
      noun: 'account' as const,
      parse: parseGivenName,
      find: searchAccounts,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
