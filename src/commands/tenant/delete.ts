import {deleteTenant} from '../../changes/tenant/deletion.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {stopView} from '../../views/stop.ts'

export default class TenantDelete extends WriteCommand {
  static override permission = 'tenant.delete' as const
  static override output = {outcome: stopView}
  static override summary = 'Mark a tenant as deleted: all of it stops.'
  static override description =
    'Nothing is taken away: pm tenant restore lets it all go on. Stripe is not told; a subscription is canceled there.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme --dry-run',
    '<%= config.bin %> <%= command.id %> acme --confirm Acme --reason "ticket 4711"',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TenantDelete)
    const tenant = await this.given(args.tenant, 'tenant', searchTenants)
    await this.carryOut(deleteTenant, {tenant}, flags, stopView)
  }
}
