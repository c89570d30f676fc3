import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../cli/command.ts'
import {argument, recordFlags} from '../cli/options.ts'
import {parsePermission} from '../cli/permission-name.ts'
import {listRolesWith} from '../queries/staff/role.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {permissions} from '../rules/permissions.ts'
import {answerSections, answerView} from '../views/can.ts'

export default class Can extends PmCommand {
  static override permission = 'none' as const
  static override output = {record: answerView}
  static override summary = 'Say whether you have a permission here, and which roles do; exits 5 if not.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ip.write',
    'if <%= config.bin %> <%= command.id %> ip.write -q; then <%= config.bin %> ip quarantine 203.0.113.24; fi',
  ]
  static override args = {permission: argument({description: 'The permission, such as ip.write.', required: true})}
  static override flags = {
    quiet: Flags.boolean({char: 'q', description: 'Say nothing; the exit code is the answer.'}),
    ...recordFlags,
  }

  #quiet = false

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Can)
    this.#quiet = flags.quiet
    const permission = parsePermission(args.permission ?? '')
    const {
      login,
      name,
      role,
      permissions: held,
      roles,
    } = await this.read(async (db, operator) => ({
      ...operator,
      roles: await listRolesWith(db, permission),
    }))
    const answer = {permission, allowed: held.includes(permission), description: permissions[permission], roles}
    if (!flags.quiet) await this.show(answer, answerView, answerSections(answer, {name: name ?? login, role}))
    // Asking is no attempt: nothing is thrown, so that nothing is recorded as refused.
    if (!answer.allowed) process.exitCode = exitCodes.permissionDenied.code
  }

  protected override say(line: string): void {
    if (!this.#quiet) super.say(line)
  }
}
