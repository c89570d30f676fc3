import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {parseDeadline} from '../../cli/moment.ts'
import {listFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {listing} from '../../queries/paging.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {endingOrdering, listSubscriptions, subscriptionOrdering} from '../../queries/subscription/list.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {subscriptionStatuses} from '../../rules/subscription-status.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {subscriptionView} from '../../views/subscription.ts'

export default class SubscriptionList extends PmCommand {
  static override permission = 'subscription.read' as const
  static override output = {list: subscriptionView}
  static override ordering = subscriptionOrdering
  static override summary = 'List subscriptions, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --status past_due,unpaid',
    '<%= config.bin %> <%= command.id %> --ending-before 7d',
    '<%= config.bin %> <%= command.id %> --pending -o json --fields tenant,plan,pending_plan,current_period_end',
  ]
  static override flags = {
    status: Flags.option({
      options: subscriptionStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `Only subscriptions in these states: ${subscriptionStatuses.join(', ')}.`,
    }),
    'ending-before': Flags.string({
      helpValue: 'WHEN',
      description:
        'Only those whose period ends before then, the next first: 7d from now, or a date. Not the canceled.',
    }),
    pending: Flags.boolean({description: 'Only those that change their plan when the period ends.'}),
    plan: Flags.string({helpValue: 'PLAN', description: 'Only those of this plan: slug, name, id or Stripe product.'}),
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only those of this tenant: name, id, domain or Stripe id.',
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(SubscriptionList)
    const ending = flags['ending-before']
    const endingBefore = ending === undefined ? undefined : parseDeadline(ending, this.around.now())
    const {mode} = stripeAccess(this.context, this.sources)
    const {plan, tenant, account} = await this.read(async (db) => ({
      plan: flags.plan === undefined ? undefined : await getPlan(db, flags.plan),
      tenant: flags.tenant === undefined ? undefined : await getTenant(db, flags.tenant),
      account: await findStripeAccount(db),
    }))
    const {status, pending} = flags
    const filter = {status, endingBefore, pending, planId: plan?.id, tenantId: tenant?.id}
    const ordering = endingBefore === undefined ? subscriptionOrdering : endingOrdering
    await this.listCompleted(
      subscriptionView,
      listing(ordering, (db) => listSubscriptions(db, filter)),
      (row) => ({...row, stripe_url: linkOrNull('subscription', row.stripe_subscription_id, {mode, account})}),
    )
  }
}
