import {resetCounts} from '../../changes/account/reset-count.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchAccounts} from '../../queries/account/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

export default class AccountResetCount extends BulkCommand {
  static override permission = 'account.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Begin the count of what e-mail accounts sent today anew.'
  static override description = 'An account that sends meanwhile has another count: nothing is changed then.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello@acme.example',
    '<%= config.bin %> <%= command.id %> --from-file counted-twice.txt --reason "ticket 812" --yes',
  ]
  static override usage = '<%= command.id %> ACCOUNT... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(AccountResetCount)
    const many = {
      change: resetCounts,
      verb: 'Reset the counts of',
      inputOf: (accounts: string[]) => ({accounts}),
      noun: 'account' as const,
      parse: parseGivenName,
      find: searchAccounts,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
