import {setStaffRole} from '../../changes/staff/member.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {searchRoles} from '../../queries/staff/role-list.ts'
import {topicDifferenceView} from '../../views/topic-difference.ts'

export default class StaffSetRole extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: topicDifferenceView}
  static override summary = 'Give somebody on the staff another role.'
  static override description =
    'Shows what they gain and lose. It holds from their next statement on. Nobody changes their own role, and the last admin stays one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example operations',
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example viewer --reason "left the team" --yes',
  ]
  static override args = {
    email: argument({description: 'Their e-mail address, or user id.'}),
    role: argument({description: 'The role; see pm staff role list.'}),
  }
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffSetRole)
    const email = await this.given(args.email, 'person', searchStaff)
    const role = await this.given(args.role, 'role', searchRoles)
    await this.carryOut(setStaffRole, {email, role}, flags, topicDifferenceView)
  }
}
