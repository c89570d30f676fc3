import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {type RevokeInput, revokeLogins} from '../../changes/staff/revoke.ts'
import {manyFlags, selectFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {revocationView} from '../../views/revocation.ts'

type RevokeFlags = Interfaces.InferredFlags<typeof StaffRevoke.flags>

export default class StaffRevoke extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView}
  static override summary = 'Shut logins out: they operate no more, and their sessions end.'
  static override description =
    'Disables the login, takes it out of the group pm_operator and forbids it to log in, then ends its sessions, those that a pool holds open too, and looks that none is left. What your own login may not do of that is done by the rights of whoever set pm up; what those do not reach either is said with the SQL for a database administrator, and while it is left to do it exits 8. Its owner stays on the staff, in their role. Several, or a list, are shut out all or none, in one change.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "laptop stolen"',
    '<%= config.bin %> <%= command.id %> --login op_sam --yes',
    '<%= config.bin %> <%= command.id %> --from-file leavers.csv --reason "left" --yes',
  ]
  static override usage = '<%= command.id %> EMAIL... [FLAGS]'
  static override strict = false
  static override flags = {
    login: Flags.string({helpValue: 'NAME', description: 'Which login, in place of whose.'}),
    ...manyFlags,
    ...selectFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRevoke)
    await this.carryOut(revokeLogins, await this.meant(argv, flags), flags, revocationView)
  }

  private async meant(given: readonly unknown[], flags: RevokeFlags): Promise<RevokeInput[]> {
    if (flags.login === undefined) {
      const emails = await this.givenMany(given, flags, {noun: 'person', parse: parseGivenName, find: searchStaff})
      return emails.map((email) => ({email}))
    }
    if (given.length === 0 && flags['from-file'] === undefined && flags.where === undefined)
      return [{login: flags.login}]
    throw new UsageError('An e-mail address and --login both say whose login it is.', {hint: 'Give one of them.'})
  }
}
