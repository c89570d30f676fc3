import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getTenantDetail, type TenantDetail} from '../../queries/tenant/detail.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import type {Dashboard} from '../../stripe/links.ts'
import {type ShownTenantDetail, tenantDetailView, tenantSections} from '../../views/tenant-detail.ts'

export default class TenantShow extends PmCommand {
  static override permission = 'tenant.read' as const
  static override output = {record: tenantDetailView}
  static override summary = 'Show one tenant: subscription, payment, use of its plan, domains, IPs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> acme.example -o json --fields tenant,subscription,usage',
  ]
  static override args = {
    tenant: argument({description: 'The tenant: name, id, a domain of it, or its Stripe customer or subscription.'}),
  }
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(TenantShow)
    const {mode} = stripeAccess(this.context, this.sources)
    const named = await this.given(args.tenant, 'tenant', searchTenants)
    const {tenant, account} = await this.read(async (db, operator) => ({
      tenant: await getTenantDetail(db, operator, named),
      account: await findStripeAccount(db),
    }))
    const shown = withLinks(tenant, {mode, account})
    await this.show(shown, tenantDetailView, tenantSections(shown, this.here))
  }
}

function withLinks(tenant: TenantDetail, dashboard: Dashboard): ShownTenantDetail {
  const {subscription, last_payment: payment} = tenant
  return {
    ...tenant,
    stripe_customer_url: linkOrNull('customer', tenant.stripe_customer_id, dashboard),
    subscription: subscription && {
      ...subscription,
      stripe_url: linkOrNull('subscription', subscription.stripe_subscription_id, dashboard),
    },
    last_payment: payment && {
      ...payment,
      stripe_url: linkOrNull('payment', payment.stripe_payment_intent_id, dashboard),
    },
  }
}
