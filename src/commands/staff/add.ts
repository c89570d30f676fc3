import * as Flags from '@oclif/core/flags'
import {addStaff} from '../../changes/staff/member.ts'
import {manyFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchUsers} from '../../queries/user/detail.ts'
import {parseGivenName} from '../../rules/given-name.ts'

// Users are found by their addresses here.
const columns = ['email']

export default class StaffAdd extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Add users of the platform to the staff, in a role.'
  static override description =
    'To start pm they need a login as well: pm staff enroll, which can do both at once. Several, or a list, are added all or none, in one change.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role operations',
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role support --notes "Until August" --yes',
    '<%= config.bin %> <%= command.id %> --from-file newcomers.csv --role support --dry-run',
  ]
  static override usage = '<%= command.id %> EMAIL... --role ROLE [FLAGS]'
  static override strict = false
  static override flags = {
    role: Flags.string({required: true, helpValue: 'ROLE', description: 'What they may do; see pm staff role list.'}),
    notes: Flags.string({helpValue: 'TEXT', description: 'What others should know of them.'}),
    ...manyFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffAdd)
    const {role, notes = null} = flags
    const emails = await this.givenMany(argv, flags, {noun: 'user', parse: parseGivenName, find: searchUsers, columns})
    const users = emails.map((email) => ({email, role, notes}))
    await this.carryOut(addStaff, users, flags)
  }
}
