import {removeStaff} from '../../changes/staff/remove.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {writeFlags} from '../../cli/options.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'
import {revocationView} from '../../views/revocation.ts'

export default class StaffRemove extends BulkCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView, job: jobViews.job}
  static override summary = 'Take people off the staff, and revoke their logins.'
  static override description =
    'Their accounts on the platform stay. Nobody removes themselves, and the last admin cannot be removed. Several go all or none, in one change; a list one by one, as a job. What happens to a login: pm staff revoke --help'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example',
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "left" --confirm sam@penguinmails.example',
    '<%= config.bin %> <%= command.id %> --where role=support --dry-run',
  ]
  static override usage = '<%= command.id %> EMAIL... [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRemove)
    const many = {
      change: removeStaff,
      verb: 'Remove',
      counted: 'staff member',
      inputOf: (emails: string[]) => emails.map((email) => ({email})),
      noun: 'person' as const,
      parse: parseGivenName,
      find: searchStaff,
      view: revocationView,
    }
    await this.carryOutMany(many, argv, flags, jobViews)
  }
}
