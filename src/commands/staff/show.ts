import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getStaffDetail} from '../../queries/staff/detail.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {staffDetailView, staffSections} from '../../views/staff.ts'

export default class StaffShow extends PmCommand {
  static override permission = 'staff.read' as const
  static override output = {record: staffDetailView}
  static override summary = 'Show one of the staff: role, login, what they may do and did last.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> olga@penguinmails.example',
    '<%= config.bin %> <%= command.id %> olga@penguinmails.example -o json --fields role,permissions',
  ]
  static override args = {email: argument({description: 'Their e-mail address, or user id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(StaffShow)
    const named = await this.given(args.email, 'person', searchStaff)
    const member = await this.read((db) => getStaffDetail(db, named))
    await this.show(member, staffDetailView, staffSections(member))
  }
}
