import {activateAccounts} from '../../changes/account/status.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

export default class AccountActivate extends BulkCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Let e-mail accounts send again that are suspended or failed.'
  static override description = 'Those that are active already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example --reason "password was changed"',
    '<%= config.bin %> <%= command.id %> --from-file mended.txt --yes',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountActivate)
    const many = {
      change: activateAccounts,
      verb: 'Activate',
      inputOf: (accounts: string[]) => ({accounts}),
      noun: 'account' as const,
      parse: parseGivenName,
      find: searchAccounts,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
