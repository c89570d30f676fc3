import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {liveDetails} from '../../cli/live-details.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getSubscriptionDetail} from '../../queries/subscription/detail.ts'
import {searchSubscriptions} from '../../queries/subscription/search.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {liveSubscription} from '../../stripe/live-subscription.ts'
import {openGateway} from '../../stripe/open-gateway.ts'
import {subscriptionDetailView, subscriptionSections} from '../../views/subscription-detail.ts'

export default class SubscriptionShow extends PmCommand {
  static override permission = 'subscription.read' as const
  static override output = {record: subscriptionDetailView}
  static override summary = 'Show one subscription: plan, periods, add-ons, why it ends, last payments.'
  static override description =
    'Of a tenant, the live subscription is shown, else the last. With a Stripe key (STRIPE_API_KEY, or the context’s) Stripe is asked for the state, the card and the next invoice, too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> sub_1QmVx2CjGAbB3dEf -o json --fields status,stripe',
  ]
  static override args = {subscription: argument({description: 'Its id, its Stripe id, or its tenant.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(SubscriptionShow)
    const access = stripeAccess(this.context, this.sources)
    const gateway = openGateway(access, this.interruption.signal)
    const named = await this.given(args.subscription, 'subscription', searchSubscriptions)
    const {subscription, account} = await this.read(async (db) => ({
      subscription: await getSubscriptionDetail(db, named),
      account: await findStripeAccount(db),
    }))
    const {stripe_subscription_id: id, stripe_customer_id: customer} = subscription
    const dashboard = {mode: access.mode, account}
    const asked = gateway && id !== null ? liveSubscription(gateway.until(this.patience()), id) : undefined
    const shown = {
      ...subscription,
      stripe_url: linkOrNull('subscription', id, dashboard),
      stripe_customer_url: linkOrNull('customer', customer, dashboard),
      payments: subscription.payments.map((payment) => ({
        ...payment,
        stripe_url: linkOrNull('payment', payment.stripe_payment_intent_id, dashboard),
      })),
      stripe: await liveDetails(asked, (line) => this.say(line)),
    }
    await this.show(shown, subscriptionDetailView, subscriptionSections(shown))
  }
}
