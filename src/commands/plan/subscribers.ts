import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {listing} from '../../queries/paging.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {listSubscriptions, subscriptionOrdering} from '../../queries/subscription/list.ts'
import {liveStatuses, subscriptionStatuses} from '../../rules/subscription-status.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {subscriptionView} from '../../views/subscription.ts'

export default class PlanSubscribers extends PmCommand {
  static override permission = 'subscription.read' as const
  static override output = {list: subscriptionView}
  static override ordering = subscriptionOrdering
  static override summary = 'List the subscriptions of a plan, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> founder',
    '<%= config.bin %> <%= command.id %> growth --status past_due -o tsv --fields tenant,stripe_url',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = {
    status: Flags.option({
      options: subscriptionStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only subscriptions in these states: ${subscriptionStatuses.join(', ')}. Default: all but canceled.`,
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlanSubscribers)
    const named = await this.given(args.plan, 'plan', searchPlans)
    const {mode} = stripeAccess(this.context, this.sources)
    const {plan, account} = await this.read(async (db) => ({
      plan: await getPlan(db, named),
      account: await findStripeAccount(db),
    }))
    const filter = {planId: plan.id, status: flags.status ?? liveStatuses}
    await this.listCompleted(
      subscriptionView,
      listing(subscriptionOrdering, (db) => listSubscriptions(db, filter)),
      (row) => ({...row, stripe_url: linkOrNull('subscription', row.stripe_subscription_id, {mode, account})}),
    )
  }
}
