import {PmCommand} from '../../../cli/command.ts'
import {stripeAccess} from '../../../cli/contexts/stripe-access.ts'
import {argument, showFlags} from '../../../cli/options.ts'
import {findStripeAccount} from '../../../queries/config/stripe-account.ts'
import {getTenant} from '../../../queries/tenant/find.ts'
import {searchTenants} from '../../../queries/tenant/search.ts'
import {getTenantConfig} from '../../../queries/tenant/settings.ts'
import {linkOrNull} from '../../../stripe/link-or-null.ts'
import {tenantConfigSections, tenantConfigView} from '../../../views/tenant-settings.ts'

export default class TenantConfigShow extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {record: tenantConfigView}
  static override summary = "Show a tenant's settings: billing, notices, looks."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme -o json --fields ui_timezone,billing_email',
  ]
  static override args = {tenant: argument({description: 'The tenant: name, id or a domain of it.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantConfigShow)
    const {mode} = stripeAccess(this.context, this.sources)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {config, account} = await this.read(async (db) => ({
      config: await getTenantConfig(db, (await getTenant(db, named)).id),
      account: await findStripeAccount(db),
    }))
    const shown = {...config, stripe_url: linkOrNull('customer', config.stripe_customer_id, {mode, account})}
    await this.show(shown, tenantConfigView, tenantConfigSections(shown))
  }
}
