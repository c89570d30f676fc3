import {removeStaff} from '../../changes/staff/remove.ts'
import {manyFlags, selectFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {revocationView} from '../../views/revocation.ts'

export default class StaffRemove extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView}
  static override summary = 'Take people off the staff, and revoke their logins.'
  static override description =
    'Their accounts on the platform stay. Nobody removes themselves, and the last admin cannot be removed. Several, or a list, go all or none, in one change. What happens to a login: pm staff revoke --help'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example',
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "left" --confirm sam@penguinmails.example',
    '<%= config.bin %> <%= command.id %> --where role=support --dry-run',
  ]
  static override usage = '<%= command.id %> EMAIL... [FLAGS]'
  static override strict = false
  static override flags = {...manyFlags, ...selectFlags, ...writeFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(StaffRemove)
    const emails = await this.givenMany(argv, flags, {noun: 'person', parse: parseGivenName, find: searchStaff})
    const people = emails.map((email) => ({email}))
    await this.carryOut(removeStaff, people, flags, revocationView)
  }
}
