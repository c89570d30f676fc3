import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {listing} from '../../queries/paging.ts'
import {listStaff, staffOrdering} from '../../queries/staff/list.ts'
import {staffView} from '../../views/staff.ts'

export default class StaffList extends PmCommand {
  static override permission = 'staff.read' as const
  static override output = {list: staffView}
  static override ordering = staffOrdering
  static override summary = 'List the staff: who has which role, and which login.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --role admin -o json',
    '<%= config.bin %> <%= command.id %> --without-login',
  ]
  static override flags = {
    role: Flags.string({helpValue: 'ROLE', description: 'Only who has this role.'}),
    'without-login': Flags.boolean({
      description: 'Only who cannot start pm: without a login, or with one that is revoked.',
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(StaffList)
    await this.list(
      staffView,
      listing(staffOrdering, (db) => listStaff(db, flags)),
    )
  }
}
