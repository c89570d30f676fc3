import * as Flags from '@oclif/core/flags'
import {addStaff} from '../../changes/staff/member.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import type {Nameable} from '../../cli/naming-command.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchRoles} from '../../queries/staff/role-list.ts'
import {searchUsers} from '../../queries/user/detail.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'

const users: Nameable = {noun: 'user', parse: parseGivenName, find: searchUsers}

export default class StaffAdd extends BulkCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Add users of the platform to the staff, in a role.'
  static override description =
    'To start pm they need a login as well: pm staff enroll, which can do both at once. Several are added all or none, in one change; a list one by one, as a job.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role operations',
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --role support --notes "Until August" --yes',
    '<%= config.bin %> <%= command.id %> --from-file newcomers.csv --role support --dry-run',
  ]
  static override usage = '<%= command.id %> EMAIL... --role ROLE [FLAGS]'
  static override strict = false
  static override flags = {
    role: Flags.string({helpValue: 'ROLE', description: 'What they may do; see pm staff role list.'}),
    notes: Flags.string({helpValue: 'TEXT', description: 'What others should know of them.'}),
    ...bulkFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffAdd)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, StaffAdd.permission)
    const role = await this.given(flags.role, 'role', searchRoles, 'role')
    const {notes = null} = flags
    const inputOf = (emails: string[]) => emails.map((email) => ({email, role, notes}))
    const add = {...users, change: addStaff, verb: `Give the staff role ${role} to`, inputOf}
    await this.carryOutMany(add, argv, flags, jobViews)
  }
}
