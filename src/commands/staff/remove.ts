import {removeStaff} from '../../changes/staff/remove.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchStaff} from '../../queries/staff/find.ts'
import {revocationView} from '../../views/revocation.ts'

export default class StaffRemove extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: revocationView}
  static override summary = 'Take somebody off the staff, and revoke their login.'
  static override description =
    'Their account on the platform stays. Nobody removes themselves, and the last admin cannot be removed. What happens to a login: pm staff revoke --help'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example',
    '<%= config.bin %> <%= command.id %> sam@penguinmails.example --reason "left" --confirm sam@penguinmails.example',
  ]
  static override args = {email: argument({description: 'Their e-mail address, or user id.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffRemove)
    const email = await this.given(args.email, 'person', searchStaff)
    await this.carryOut(removeStaff, {email}, flags, revocationView)
  }
}
