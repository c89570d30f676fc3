import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {parseMoment} from '../../cli/moment.ts'
import {listFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {listing} from '../../queries/paging.ts'
import {listPayments, paymentOrdering} from '../../queries/payment/list.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {paymentView} from '../../views/payment.ts'

export default class PaymentList extends PmCommand {
  static override permission = 'payment.read' as const
  static override output = {list: paymentView}
  static override ordering = paymentOrdering
  static override summary = 'List payments, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme',
    '<%= config.bin %> <%= command.id %> --status failed --since 7d',
    '<%= config.bin %> <%= command.id %> --since 2026-11-01 -o csv --fields created,tenant,amount,currency,stripe_url',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only payments of this tenant: name, id, domain or Stripe id.',
    }),
    // No option list: the column is unchecked, and what stands there must be found.
    status: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
      description: 'Only payments that succeeded, failed or were refunded.',
    }),
    since: Flags.string({helpValue: 'WHEN', description: 'Only payments since then: 12h, 7d, or a date.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(PaymentList)
    const since = flags.since === undefined ? undefined : parseMoment(flags.since, this.around.now())
    const {mode} = stripeAccess(this.context, this.sources)
    const {tenant, account} = await this.read(async (db) => ({
      tenant: flags.tenant === undefined ? undefined : await getTenant(db, flags.tenant),
      account: await findStripeAccount(db),
    }))
    const filter = {tenantId: tenant?.id, status: flags.status, since}
    await this.listCompleted(
      paymentView,
      listing(paymentOrdering, (db) => listPayments(db, filter)),
      (row) => ({...row, stripe_url: linkOrNull('payment', row.stripe_payment_intent_id, {mode, account})}),
    )
  }
}
