import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {DriftCommand, driftFlags} from '../../cli/drift-command.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {listPlans} from '../../queries/plan/list.ts'
import {comparePlan, type PlanFinding} from '../../rules/plan-drift.ts'
import {findProduct} from '../../stripe/find-product.ts'
import type {StripeGateway} from '../../stripe/gateway.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import type {Dashboard} from '../../stripe/links.ts'
import {requireGateway} from '../../stripe/open-gateway.ts'
import {planFindingView} from '../../views/drift.ts'

export default class PlanDrift extends DriftCommand {
  static override permission = 'plan.read' as const
  static override output = {list: planFindingView}
  static override summary = 'Compare plans with their products at Stripe; exits 9 where they differ.'
  static override description =
    'Finds plans that are sold without a product, products that are missing or archived, and prices that no active price of the product has. Needs a Stripe key; one that only reads will do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o json --fields plan,finding,here,at_stripe',
  ]
  static override flags = driftFlags

  async run(): Promise<void> {
    await this.parse(PlanDrift)
    const access = stripeAccess(this.context, this.sources)
    const gateway = requireGateway(access, this.interruption.signal)
    const account = await this.read(findStripeAccount)
    await this.showDifferences(planFindingView, this.differences(gateway, {mode: access.mode, account}), 'plans')
  }

  private async *differences(gateway: StripeGateway, dashboard: Dashboard) {
    const plans = await this.read((db) => listPlans(db, {}).orderBy('slug').execute())
    for (const plan of plans) {
      const id = plan.stripe_product_id
      const found = comparePlan(plan, id === null ? undefined : await findProduct(gateway, id))
      this.countCompared(1, 'plans')
      yield found.map((finding) => linked(finding, dashboard))
    }
  }
}

function linked(finding: PlanFinding, dashboard: Dashboard) {
  return {...finding, stripe_url: linkOrNull('product', finding.stripe_product_id, dashboard)}
}
