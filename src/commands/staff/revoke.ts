import * as Flags from '@oclif/core/flags'
import {revokeLogin} from '../../changes/staff/revoke.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {revocationView} from '../../views/revocation.ts'

export default class StaffRevoke extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView}
  static override summary = 'Shut a login out: it operates no more, and its sessions end.'
  static override description =
    'Disables the login, takes it out of the group pm_operator and forbids it to log in, then ends its sessions, those that a pool holds open too, and looks that none is left. What your own login may not do of that is done by the rights of whoever set pm up; what those do not reach either is said with the SQL for a database administrator, and while it is left to do it exits 8. Its owner stays on the staff, in their role.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "laptop stolen"',
    '<%= config.bin %> <%= command.id %> --login op_sam --yes',
  ]
  static override args = {email: argument({description: 'Whose login: their e-mail address, or user id.'})}
  static override flags = {
    login: Flags.string({helpValue: 'NAME', description: 'Which login, in place of whose.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffRevoke)
    if (flags.login !== undefined && args.email !== undefined)
      throw new UsageError('An e-mail address and --login both say whose login it is.', {hint: 'Give one of them.'})
    const input =
      flags.login === undefined ? {email: await this.given(args.email, 'person', searchStaff)} : {login: flags.login}
    await this.carryOut(revokeLogin, input, flags, revocationView)
  }
}
