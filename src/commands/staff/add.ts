import * as Flags from '@oclif/core/flags'
import {addStaff} from '../../changes/staff/member.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'

export default class StaffAdd extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Add a user of the platform to the staff, in a role.'
  static override description = 'To start pm they need a login as well: pm staff enroll, which can do both at once.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role operations',
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role support --notes "Until August" --yes',
  ]
  static override args = {email: argument({description: 'The user’s e-mail address.', required: true})}
  static override flags = {
    role: Flags.string({required: true, helpValue: 'ROLE', description: 'What they may do; see pm staff role list.'}),
    notes: Flags.string({helpValue: 'TEXT', description: 'What others should know of them.'}),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffAdd)
    await this.carryOut(addStaff, {email: args.email ?? '', role: flags.role, notes: flags.notes ?? null}, flags)
  }
}
