import type * as Interfaces from '@oclif/core/interfaces'
import {planEach} from '../../changes/job/each-of.ts'
import {oneByOne} from '../../changes/set-wise.ts'
import {setStaffRole} from '../../changes/staff/member.ts'
import {BulkCommand, isJob} from '../../cli/bulk-command.ts'
import type {Planner} from '../../cli/each-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import type {Nameable} from '../../cli/naming-command.ts'
import {writeFlags} from '../../cli/options.ts'
import {namesOfIds} from '../../queries/names-of-ids.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {searchRoles} from '../../queries/staff/role-list.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {jobViews} from '../../views/job.ts'
import {topicDifferenceView} from '../../views/topic-difference.ts'

const people: Nameable = {noun: 'person', parse: parseGivenName, find: searchStaff}

type SetRoleFlags = Interfaces.InferredFlags<typeof StaffSetRole.flags & typeof StaffSetRole.baseFlags>

export default class StaffSetRole extends BulkCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: topicDifferenceView, job: jobViews.job}
  static override summary = 'Give somebody on the staff another role, or many.'
  static override description =
    'Shows what they gain and lose. It holds from their next statement on. Nobody changes their own role, and the last admin stays one. Several people, or a list, are changed one by one, as a job.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example operations',
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example viewer --reason "left the team" --yes',
    '<%= config.bin %> <%= command.id %> viewer --from-file leaving.csv --dry-run',
  ]
  static override usage = '<%= command.id %> PERSON... ROLE [FLAGS]'
  static override strict = false
  static override flags = {...bulkFlags, ...writeFlags}

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(StaffSetRole)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, setStaffRole.permission)
    // oclif sorts its argv by where each word stands first on the command line, be it as the value of a flag.
    const words = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    if (words.length > 2 || isJob(words, flags)) return this.setMany(words.slice(0, -1), words.at(-1), flags)
    const email = await this.given(words[0], 'person', searchStaff)
    const role = await this.given(words[1], 'role', searchRoles)
    await this.carryOut(setStaffRole, {email, role}, flags, topicDifferenceView)
  }

  private async setMany(given: readonly string[], wanted: string | undefined, flags: SetRoleFlags): Promise<void> {
    const prepare = async (): Promise<Planner> => {
      const role = await this.given(wanted, 'role', searchRoles)
      const targets = await this.givenMany(given, flags, people)
      const inputOf = (email: string) => ({email, role})
      const each = {
        change: oneByOne(setStaffRole),
        targets,
        lineOf: this.lineInList,
        inputOf,
        noun: 'staff member',
        verb: `Give the role ${role} to`,
      }
      return async (db, operator, howFar) => ({
        ...(await planEach(db, operator, each, howFar)),
        called: await namesOfIds(db),
      })
    }
    await this.carryOutEach({permission: setStaffRole.permission, grade: setStaffRole.grade, prepare}, flags, jobViews)
  }
}
