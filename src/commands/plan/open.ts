import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {OpenCommand, pageView} from '../../cli/open-command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getPlan} from '../../queries/plan/find.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {requireLink} from '../../stripe/require-link.ts'

export default class PlanOpen extends OpenCommand {
  static override permission = 'plan.read' as const
  static override output = {list: pageView}
  static override summary = 'Open the Stripe product of a plan in the browser, or print its address.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> growth',
    '<%= config.bin %> <%= command.id %> growth | pbcopy',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(PlanOpen)
    const named = await this.given(args.plan, 'plan', searchPlans)
    const {mode} = stripeAccess(this.context, this.sources)
    const {plan, account} = await this.read(async (db) => ({
      plan: await getPlan(db, named),
      account: await findStripeAccount(db),
    }))
    await this.openPage(requireLink('product', plan.stripe_product_id, {dashboard: {mode, account}, called: plan.slug}))
  }
}
