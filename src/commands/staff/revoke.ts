import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {type RevokeInput, revokeLogins} from '../../changes/staff/revoke.ts'
import {BulkCommand, isJob} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'
import {revocationView} from '../../views/revocation.ts'

type RevokeFlags = Interfaces.InferredFlags<typeof StaffRevoke.flags & typeof StaffRevoke.baseFlags>

export default class StaffRevoke extends BulkCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView, job: jobViews.job}
  static override summary = 'Shut logins out: they operate no more, and their sessions end.'
  static override description =
    'Disables the login, takes it out of the group pm_operator and forbids it to log in, then ends its sessions, those that a pool holds open too, and looks that none is left. What your own login may not do of that is done by the rights of whoever set pm up; what those do not reach either is said with the SQL for a database administrator, and while it is left to do it exits 8. Its owner stays on the staff, in their role. Several are shut out all or none, in one change; a list one by one, as a job, and should that be killed, pm job resume ends what sessions it left.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "laptop stolen"',
    '<%= config.bin %> <%= command.id %> --login op_sam --yes',
    '<%= config.bin %> <%= command.id %> --from-file leavers.csv --reason "left" --yes',
  ]
  static override usage = '<%= command.id %> EMAIL... [FLAGS]'
  static override strict = false
  static override flags = {
    login: Flags.string({helpValue: 'NAME', description: 'Which login, in place of whose.'}),
    ...bulkFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRevoke)
    if (flags.login !== undefined && flags.apply === undefined) return this.revokeOne(flags.login, argv, flags)
    const many = {
      change: revokeLogins,
      verb: 'Revoke the logins of',
      counted: 'staff member',
      inputOf: (emails: string[]): RevokeInput[] => emails.map((email) => ({email})),
      noun: 'person' as const,
      parse: parseGivenName,
      find: searchStaff,
      view: revocationView,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }

  private async revokeOne(login: string, given: readonly unknown[], flags: RevokeFlags): Promise<void> {
    if (given.length > 0 || isJob(given, flags))
      throw new UsageError('--login and a list, or addresses, both say whose login it is.', {
        hint: 'Give one of them; --login is for one, and no job.',
      })
    await this.carryOut(revokeLogins, [{login}], flags, revocationView)
  }
}
