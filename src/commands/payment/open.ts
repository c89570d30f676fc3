import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {OpenCommand, pageView} from '../../cli/open-command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getPayment} from '../../queries/payment/find.ts'
import {searchPayments} from '../../queries/payment/search.ts'
import {requireLink} from '../../stripe/require-link.ts'

export default class PaymentOpen extends OpenCommand {
  static override permission = 'payment.read' as const
  static override output = {list: pageView}
  static override summary = 'Open a payment in the Stripe dashboard, or print its address.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> pi_3QmVx2CjGAbB3dEf1xYzAbCd',
    '<%= config.bin %> <%= command.id %> f527e6ae-d04c-4fe1-bb7d-831f0c16fd43 | pbcopy',
  ]
  static override args = {payment: argument({description: 'Its id, or its Stripe payment intent.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(PaymentOpen)
    const named = await this.given(args.payment, 'payment', searchPayments)
    const {mode} = stripeAccess(this.context, this.sources)
    const {payment, account} = await this.read(async (db) => ({
      payment: await getPayment(db, named),
      account: await findStripeAccount(db),
    }))
    const words = {dashboard: {mode, account}, called: `The payment ${payment.id}`}
    await this.openPage(requireLink('payment', payment.stripe_payment_intent_id, words))
  }
}
