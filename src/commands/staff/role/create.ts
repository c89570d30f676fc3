import * as Flags from '@oclif/core/flags'
import {createRole} from '../../../changes/staff/role/create.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {parseRoleName} from '../../../rules/role-name.ts'

export default class StaffRoleCreate extends WriteCommand {
  static override permission = 'staff.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Create a role, with what it may do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> night_shift --permission ip.read,ip.write --description "Keeps IPs healthy at night."',
    '<%= config.bin %> <%= command.id %> intern',
  ]
  static override args = {role: argument({description: 'What it is called.', required: true})}
  static override flags = {
    description: Flags.string({helpValue: 'TEXT', description: 'What it is for.'}),
    permission: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      default: [],
      helpValue: 'PERMISSION',
      description: 'What it may do, such as ip.read,ip.write; see pm staff permission list.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(StaffRoleCreate)
    const name = parseRoleName(args.role ?? '')
    const permissions = [...new Set(flags.permission)]
    await this.carryOut(createRole, {name, description: flags.description ?? null, permissions}, flags)
  }
}
