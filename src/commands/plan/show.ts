import {PmCommand} from '../../cli/command.ts'
import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {liveDetails} from '../../cli/live-details.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {getPlanDetail} from '../../queries/plan/detail.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import {liveProduct} from '../../stripe/live-product.ts'
import {openGateway} from '../../stripe/open-gateway.ts'
import {planDetailView, planSections} from '../../views/plan-detail.ts'

export default class PlanShow extends PmCommand {
  static override permission = 'plan.read' as const
  static override output = {record: planDetailView}
  static override summary = 'Show one plan: its limits, prices, subscribers and Stripe product.'
  static override description =
    'With a Stripe key (STRIPE_API_KEY, or the context’s) Stripe is asked for the product and its prices, too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> growth',
    '<%= config.bin %> <%= command.id %> growth -o json --fields slug,subscribers,stripe',
  ]
  static override args = {plan: argument({description: 'The plan: slug, name, id or Stripe product.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(PlanShow)
    const access = stripeAccess(this.context, this.sources)
    const gateway = openGateway(access, this.interruption.signal)
    const named = await this.given(args.plan, 'plan', searchPlans)
    const {plan, account} = await this.read(async (db) => ({
      plan: await getPlanDetail(db, named),
      account: await findStripeAccount(db),
    }))
    const {stripe_product_id: product} = plan
    const asked = gateway && product !== null ? liveProduct(gateway.until(this.patience()), product) : undefined
    const stripe = await liveDetails(asked, (line) => this.say(line))
    const shown = {...plan, stripe_url: linkOrNull('product', product, {mode: access.mode, account}), stripe}
    await this.show(shown, planDetailView, planSections(shown))
  }
}
