import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getUserDetail, searchUsers} from '../../queries/user/detail.ts'
import {userDetailView, userSections} from '../../views/user.ts'

export default class UserShow extends PmCommand {
  static override permission = 'user.read' as const
  static override output = {record: userDetailView}
  static override summary = 'Show one user: their tenants and roles, staff role and preferences.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> alice@acme.example',
    '<%= config.bin %> <%= command.id %> alice@acme.example -o json --fields memberships',
  ]
  static override args = {user: argument({description: 'The user: e-mail address or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(UserShow)
    const named = await this.given(args.user, 'user', searchUsers)
    const user = await this.read((db) => getUserDetail(db, named))
    await this.show(user, userDetailView, userSections(user))
  }
}
