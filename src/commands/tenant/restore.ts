import {restoreTenant} from '../../changes/tenant/deletion.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchDeletedTenants} from '../../queries/tenant/search.ts'
import {stopView} from '../../views/stop.ts'

export default class TenantRestore extends WriteCommand {
  static override permission = 'tenant.delete' as const
  static override output = {outcome: stopView}
  static override summary = 'Bring a deleted tenant back: all of it goes on.'
  static override description = 'Of tenants that share a name, one that is deleted is meant.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Old Mill Bakery" --dry-run',
    '<%= config.bin %> <%= command.id %> oldmill.example --confirm "Old Mill Bakery" --reason "ticket 4712"',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TenantRestore)
    const tenant = await this.given(args.tenant, 'tenant', searchDeletedTenants)
    await this.carryOut(restoreTenant, {tenant}, flags, stopView)
  }
}
