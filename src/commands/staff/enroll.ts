import * as Flags from '@oclif/core/flags'
import {enrollLogin} from '../../changes/staff/enroll.ts'
import {readNewPassword} from '../../cli/new-password.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {Conflict} from '../../rules/errors.ts'
import {parseLoginName} from '../../rules/login-name.ts'
import {enrollmentView} from '../../views/enrollment.ts'

export default class StaffEnroll extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: enrollmentView}
  static override summary = 'Make a database login a user’s, so that they can operate.'
  static override description =
    'Undone (pm audit undo), the login is nobody’s again; one that was created stays in the database, and may do nothing there.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --login op_nora',
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --login op_nora --create-login --role operations',
    '<%= config.bin %> <%= command.id %> nora@penguinmails.example --login op_nora --create-login --password-stdin',
  ]
  static override args = {email: argument({description: 'The user’s e-mail address.', required: true})}
  static override flags = {
    login: Flags.string({
      required: true,
      helpValue: 'NAME',
      description: 'The database login, as PostgreSQL knows it.',
    }),
    role: Flags.string({
      helpValue: 'ROLE',
      description: 'The role of a user who is not on the staff yet, and joins it.',
    }),
    'create-login': Flags.boolean({description: 'Make the login, in the group pm_operator.'}),
    'password-stdin': Flags.boolean({
      dependsOn: ['create-login'],
      description: 'Take its password from stdin; the server gets its verifier.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffEnroll)
    this.requireLogins()
    const login = parseLoginName(flags.login)
    const password = flags['password-stdin'] ? await readNewPassword(this.terminal, this.flags['no-input']) : undefined
    const input = {email: args.email ?? '', login, role: flags.role, createLogin: flags['create-login'], password}
    await this.carryOut(enrollLogin, input, flags, enrollmentView)
  }

  private requireLogins(): void {
    const {name, identity} = this.context
    if (identity.kind === 'session') return
    throw new Conflict(`${name} declares who operates; there, no login is anybody’s.`, {
      hint: 'Whoever is on the staff operates there by saying so: pm context add NAME … --declared-email EMAIL',
    })
  }
}
