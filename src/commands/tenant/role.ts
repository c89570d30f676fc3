import * as Flags from '@oclif/core/flags'
import {changeRoles} from '../../changes/tenant/role.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseTenantRole, tenantRoles} from '../../rules/tenant-roles.ts'

const known = tenantRoles.join(', ')

export default class TenantRole extends WriteCommand {
  static override permission = 'tenant.write' as const
  static override output = {outcome: undefined}
  static override summary = "Give a tenant's user roles, or take them."
  static override description = 'The last owner of a tenant stays one.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme ben@acme.example --add billing',
    '<%= config.bin %> <%= command.id %> acme ben@acme.example --add owner --remove admin --reason "ticket 812"',
  ]
  static override args = {
    tenant: argument({description: 'The tenant: name, id or a domain of it.', required: true}),
    user: argument({description: 'The user: e-mail address or id.', required: true}),
  }
  static override flags = {
    add: roles(`Roles to give: ${known}.`),
    remove: roles('Roles to take.'),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TenantRole)
    const [tenant = '', user = ''] = [args.tenant, args.user]
    const [add, remove] = [flags.add.map(parseTenantRole), flags.remove.map(parseTenantRole)]
    if (add.length + remove.length === 0)
      throw new UsageError('Which roles?', {hint: `Give --add or --remove with some of ${known}.`})
    await this.carryOut(changeRoles, {tenant, user, add, remove}, flags)
  }
}

function roles(description: string) {
  return Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    default: [],
    helpValue: 'ROLE',
    description,
  })
}
