import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {liveDetails} from '../../cli/live-details.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getPayment} from '../../queries/payment/find.ts'
import {searchPayments} from '../../queries/payment/search.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {livePayment} from '../../stripe/live-payment.ts'
import {openGateway} from '../../stripe/open-gateway.ts'
import {paymentDetailView, paymentSections} from '../../views/payment-detail.ts'

export default class PaymentShow extends PmCommand {
  static override permission = 'payment.read' as const
  static override output = {record: paymentDetailView}
  static override summary = 'Show one payment: whose it is, what it paid for, and where it is at Stripe.'
  static override description =
    'With a Stripe key (STRIPE_API_KEY, or the context’s) Stripe is asked for the card, the receipt, refunds and why it failed, too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> pi_3QmVx2CjGAbB3dEf1xYzAbCd',
    '<%= config.bin %> <%= command.id %> pi_3QmVx2CjGAbB3dEf1xYzAbCd -o json --fields status,stripe_url,stripe',
  ]
  static override args = {payment: argument({description: 'Its id, or its Stripe payment intent.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(PaymentShow)
    const access = stripeAccess(this.context, this.sources)
    const gateway = openGateway(access, this.interruption.signal)
    const named = await this.given(args.payment, 'payment', searchPayments)
    const {payment, account} = await this.read(async (db) => ({
      payment: await getPayment(db, named),
      account: await findStripeAccount(db),
    }))
    const {stripe_payment_intent_id: id} = payment
    const dashboard = {mode: access.mode, account}
    const asked = gateway && id !== null ? livePayment(gateway.until(this.patience()), id) : undefined
    const shown = {
      ...payment,
      stripe_url: linkOrNull('payment', id, dashboard),
      stripe_subscription_url: linkOrNull('subscription', payment.stripe_subscription_id, dashboard),
      stripe_customer_url: linkOrNull('customer', payment.stripe_customer_id, dashboard),
      stripe: await liveDetails(asked, (line) => this.say(line)),
    }
    await this.show(shown, paymentDetailView, paymentSections(shown))
  }
}
